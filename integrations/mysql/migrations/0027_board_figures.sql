-- What the board shows besides the rates: sums told apart by hour and by topic within a unit, the funnel, open tickets by
-- age and by desk, telephone calls by time.

-- How the handling limit counts (sla/limit.hpp), beside the date it ends on.
ALTER TABLE ticket ADD COLUMN handle_limit TINYINT UNSIGNED NULL AFTER next_clock_limit;

UPDATE ticket
JOIN (
    SELECT t.id, CAST(SUBSTRING_INDEX(MAX(CONCAT(LPAD(clock.place, 6, '0'), ':', clock.counted)), ':', -1) AS UNSIGNED) AS counted
    FROM ticket t
    JOIN JSON_TABLE(t.clocks, '$[*]' COLUMNS (
        place FOR ORDINALITY,
        kind INT PATH '$[0]',
        state INT PATH '$[2]',
        counted INT PATH '$[9]'
    )) AS clock
    WHERE clock.kind = 5 AND clock.state <> 4
    GROUP BY t.id
) told ON told.id = ticket.id
SET ticket.handle_limit = told.counted;

-- All that is asked of open tickets is read from this index alone.
ALTER TABLE ticket
    DROP KEY ticket_due,
    ADD KEY ticket_due (state, handle_due_at, division, lead_unit_id, type, official_id, accepted_at, handle_limit);

ALTER TABLE phone_call
    ADD KEY phone_call_offered (offered_at, direction, state, agent_user_id, queued_at, ringing_at, answered_at, ended_at);

-- 24: the sum tells no hour.
TRUNCATE TABLE rollup;
TRUNCATE TABLE kpi_source;
ALTER TABLE rollup
    ADD COLUMN hour TINYINT UNSIGNED NOT NULL DEFAULT 24 AFTER topic,
    DROP PRIMARY KEY,
    ADD PRIMARY KEY (cut, day, metric, unit_id, division, official_id, channel, type, topic, hour);

-- The sums are made anew from the facts, which stay; seq 0: nothing else is.
UPDATE ticket_facts SET counted = 0;
INSERT INTO derive_todo (ticket_id, seq) SELECT ticket_id, 0 FROM ticket_facts ORDER BY ticket_id;
