-- What stands open at each desk, how much of it overdue, is read from this index alone (kpi_store).
ALTER TABLE ticket
    DROP KEY ticket_due,
    ADD KEY ticket_due (state, handle_due_at, division, lead_unit_id, type);

-- The facts of a birth are written with it, so that its log need not be read for the sums; until they are in the sums,
-- counted is 0.
ALTER TABLE ticket_facts ADD COLUMN counted TINYINT UNSIGNED NOT NULL DEFAULT 1 AFTER upto_seq;

-- The seq the log had when the row was written. Not told: whatever the log holds.
ALTER TABLE derive_todo ADD COLUMN seq INT UNSIGNED NOT NULL DEFAULT 4294967295;

-- Texts that search does not know yet. Apart from the sums, which need not wait for them in a rush.
CREATE TABLE search_todo (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    ticket_id BIGINT UNSIGNED NOT NULL,
    part TINYINT UNSIGNED NOT NULL  -- 1: what the appeal says, 2: what came of it
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
