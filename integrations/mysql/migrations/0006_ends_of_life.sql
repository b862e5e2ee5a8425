-- Tickets parked for an objective cause (挂账), and the archive as a deadline like every other: closed
-- tickets of before get theirs, thirty days after closing.
ALTER TABLE ticket
    ADD COLUMN suspend_count TINYINT UNSIGNED NOT NULL DEFAULT 0,
    ADD COLUMN suspend_reason VARCHAR(40) COLLATE utf8mb4_bin NOT NULL DEFAULT '',
    ADD COLUMN suspended_at DATETIME(3) NULL,
    ADD COLUMN co_answered VARCHAR(500) NOT NULL DEFAULT ''; -- unit ids of co_units that gave their opinion

-- The steps of the ladder after the red card.
ALTER TABLE ticket_clock
    ADD COLUMN escalate_at DATETIME(3) NULL,
    ADD COLUMN escalate_to TINYINT UNSIGNED NOT NULL DEFAULT 0;

INSERT INTO ticket_clock
    (ticket_id, kind, generation, state, started_at, due_at, next_fire_at, limit_kind, limit_amount,
     calendar_version, policy_version)
SELECT id, 12, 1, 1, closed_at, closed_at + INTERVAL 30 DAY, closed_at + INTERVAL 30 DAY, 1, 43200, 1, 1
FROM ticket
WHERE state = 9 AND closed_at IS NOT NULL
ON DUPLICATE KEY UPDATE ticket_clock.state = ticket_clock.state;

-- A policy of before knows no limit for co-units and supervision sheets, and left praise that waits for its
-- review without any: the next version has the usual ones.
INSERT INTO policy_version (version, valid_from, body)
SELECT version + 1, UTC_TIMESTAMP(3),
       CONCAT(REPLACE(REPLACE(body, CONCAT('policy ', version, '\n'), CONCAT('policy ', version + 1, '\n')),
                      'limit review first * * praise none\n', ''),
              'limit co_unit first critical * * 4h warn 20% 1wd\n',
              'limit co_unit first urgent * * 1wd warn 20% 1wd\n',
              'limit co_unit first * * * 2wd warn 20% 1wd\n',
              'limit supervision first critical * * 2h warn 20% 1wd\n',
              'limit supervision first urgent * * 24h warn 20% 1wd\n',
              'limit supervision first * * * 2wd warn 20% 1wd\n')
FROM policy_version
ORDER BY version DESC
LIMIT 1;
