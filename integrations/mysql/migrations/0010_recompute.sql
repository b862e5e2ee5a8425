-- Who put a set of limits in force and why; nobody for those of the program.
ALTER TABLE policy_version
    ADD COLUMN note VARCHAR(300) NOT NULL DEFAULT '',
    ADD COLUMN added_by BIGINT UNSIGNED NULL,
    ADD COLUMN added_at DATETIME(3) NULL;

-- Due dates of open tickets reckoned anew as one job (S43). It goes through the tickets by id and remembers
-- how far it came in the transaction of each step.
CREATE TABLE recompute_job (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    asked_by BIGINT UNSIGNED NOT NULL,
    asked_at DATETIME(3) NOT NULL,
    reason VARCHAR(500) NOT NULL,
    policy_version INT UNSIGNED NOT NULL,   -- what must be in force before it begins
    calendar_version INT UNSIGNED NOT NULL,
    keep_limits TINYINT UNSIGNED NOT NULL,  -- 1: only the calendar is another one
    upto_ticket_id BIGINT UNSIGNED NOT NULL DEFAULT 0,
    total INT UNSIGNED NOT NULL,            -- open tickets when it was asked for
    looked_at INT UNSIGNED NOT NULL DEFAULT 0,
    moved INT UNSIGNED NOT NULL DEFAULT 0,
    stayed INT UNSIGNED NOT NULL DEFAULT 0, -- of those looked at, with a date that would be past already
    finished_at DATETIME(3) NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
