-- Hard cases with their meetings and milestones, disputes with their mediations, and which units have a part
-- of their own in a ticket. Texts as ticketing/plan_text writes them.
ALTER TABLE ticket
    ADD COLUMN plan MEDIUMTEXT NULL,
    ADD COLUMN plan_days SMALLINT UNSIGNED NOT NULL DEFAULT 0,
    ADD COLUMN mediations MEDIUMTEXT NULL,
    ADD COLUMN charged_units VARCHAR(1000) NOT NULL DEFAULT '',
    ADD COLUMN log_is_whole TINYINT UNSIGNED NOT NULL DEFAULT 0;
-- From now on a ticket's log holds every field of its row that is not personal; the logs of before do not.
ALTER TABLE ticket ALTER COLUMN log_is_whole SET DEFAULT 1;

-- The units of charged_units: the scope of the permissions widens by these rows.
CREATE TABLE ticket_charge (
    ticket_id BIGINT UNSIGNED NOT NULL,
    unit_id BIGINT UNSIGNED NOT NULL,
    waited_for TINYINT UNSIGNED NOT NULL, -- it has an open milestone, or mediates now
    PRIMARY KEY (ticket_id, unit_id),
    KEY ticket_charge_unit (unit_id, ticket_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- Whether disputes of the topic may be mediated.
ALTER TABLE duty ADD COLUMN mediable TINYINT UNSIGNED NOT NULL DEFAULT 0;
UPDATE duty SET mediable = 1
WHERE topic IN ('劳动纠纷', '拖欠账款', '市场竞争', '知识产权', '物流运输', '融资', '其他');

-- A policy of before knows no limit for milestones and mediations: the next version has the usual ones.
INSERT INTO policy_version (version, valid_from, body)
SELECT version + 1, UTC_TIMESTAMP(3),
       CONCAT(REPLACE(body, CONCAT('policy ', version, '\n'), CONCAT('policy ', version + 1, '\n')),
              'limit milestone first * * * 60wd warn 20% 1wd\n',
              'limit mediation first critical * * none\n',
              'limit mediation first * * * 720h warn 20% 1wd\n',
              'alarm milestone yellow 0wd\n',
              'alarm milestone red 0wd\n',
              'alarm milestone level_3 2wd\n',
              'alarm mediation yellow 0wd\n',
              'alarm mediation red 0wd\n')
FROM policy_version
ORDER BY version DESC
LIMIT 1;
