-- The clocks of a ticket stand in its own row (integrations/mysql/clock_text.hpp tells the text): they are never read,
-- written or locked without it, and five rows with an index of their own were a third of what a birth cost.

ALTER TABLE ticket
    ADD COLUMN clocks TEXT CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    ADD COLUMN next_fire_at DATETIME(3) NULL; -- the earliest alarm of its clocks: what the watcher scans

SET SESSION group_concat_max_len = 1000000; -- too little would be an error, not a cut text

UPDATE ticket
JOIN (
    SELECT ticket_id, MIN(next_fire_at) AS next_at, CONCAT('[', GROUP_CONCAT(CONCAT_WS(',',
            CONCAT('[', kind), generation, state,
            TIMESTAMPDIFF(MICROSECOND, '1970-01-01', started_at) DIV 1000,
            TIMESTAMPDIFF(MICROSECOND, '1970-01-01', due_at) DIV 1000,
            COALESCE(TIMESTAMPDIFF(MICROSECOND, '1970-01-01', warn_at) DIV 1000, 'null'),
            COALESCE(TIMESTAMPDIFF(MICROSECOND, '1970-01-01', warned_at) DIV 1000, 'null'),
            COALESCE(TIMESTAMPDIFF(MICROSECOND, '1970-01-01', stopped_at) DIV 1000, 'null'),
            COALESCE(TIMESTAMPDIFF(MICROSECOND, '1970-01-01', fired_at) DIV 1000, 'null'),
            limit_kind, limit_amount,
            IF(pauses = '', '[]', CONCAT('[[', REPLACE(REPLACE(pauses, ',', '],['), ':', ','), ']]')),
            IF(extensions = '', '[]', CONCAT('[[', REPLACE(REPLACE(extensions, ',', '],['), ':', ','), ']]')),
            calendar_version, policy_version, beyond_calendar,
            COALESCE(TIMESTAMPDIFF(MICROSECOND, '1970-01-01', escalate_at) DIV 1000, 'null'),
            CONCAT(escalate_to, ']')
        ) ORDER BY started_at, kind, generation), ']') AS body
    FROM ticket_clock
    GROUP BY ticket_id
) told ON told.ticket_id = ticket.id
SET ticket.clocks = told.body, ticket.next_fire_at = told.next_at;

UPDATE ticket SET clocks = '[]' WHERE clocks = '';

ALTER TABLE ticket ADD KEY ticket_next_fire (next_fire_at);

DROP TABLE ticket_clock;

-- For people and proofs; the program reads the text.
CREATE VIEW ticket_clock AS
SELECT ticket.id AS ticket_id, clock.place - 1 AS place, clock.kind, clock.generation, clock.state,
       CAST('1970-01-01' AS DATETIME(3)) + INTERVAL clock.started * 1000 MICROSECOND AS started_at,
       CAST('1970-01-01' AS DATETIME(3)) + INTERVAL clock.due * 1000 MICROSECOND AS due_at,
       CAST('1970-01-01' AS DATETIME(3)) + INTERVAL clock.warn * 1000 MICROSECOND AS warn_at,
       CAST('1970-01-01' AS DATETIME(3)) + INTERVAL clock.warned * 1000 MICROSECOND AS warned_at,
       CAST('1970-01-01' AS DATETIME(3)) + INTERVAL clock.stopped * 1000 MICROSECOND AS stopped_at,
       CAST('1970-01-01' AS DATETIME(3)) + INTERVAL clock.fired * 1000 MICROSECOND AS fired_at,
       clock.fired - clock.due AS late_by_ms -- how late the watcher was, not the unit
FROM ticket
JOIN JSON_TABLE(ticket.clocks, '$[*]' COLUMNS (
    place FOR ORDINALITY,
    kind INT PATH '$[0]',
    generation INT PATH '$[1]',
    state INT PATH '$[2]',
    started BIGINT PATH '$[3]',
    due BIGINT PATH '$[4]',
    warn BIGINT PATH '$[5]',
    warned BIGINT PATH '$[6]',
    stopped BIGINT PATH '$[7]',
    fired BIGINT PATH '$[8]'
)) AS clock;
