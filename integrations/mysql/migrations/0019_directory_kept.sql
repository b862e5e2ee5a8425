-- The directory as people keep it (ticketing/organisation/README.md): leave in periods, turns of duty, revisions for
-- If-Match, and what was changed, by whom. Nothing is deleted, only taken out of use.
CREATE TABLE official_leave (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    official_id BIGINT UNSIGNED NOT NULL,
    from_day DATE NOT NULL,
    to_day DATE NULL,                        -- the last day; none: open-ended
    reason VARCHAR(100) NOT NULL DEFAULT '',
    active TINYINT UNSIGNED NOT NULL DEFAULT 1,
    revision INT UNSIGNED NOT NULL DEFAULT 1,
    KEY official_leave_official (official_id, from_day)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- Who was away stays away until somebody says until when.
INSERT INTO official_leave (official_id, from_day)
    SELECT id, DATE(UTC_TIMESTAMP() + INTERVAL 8 HOUR) FROM official WHERE on_leave = 1;

ALTER TABLE official
    DROP COLUMN on_leave,
    ADD COLUMN revision INT UNSIGNED NOT NULL DEFAULT 1,
    ADD KEY official_deputy (deputy_id);

CREATE TABLE duty_turn (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    unit_id BIGINT UNSIGNED NOT NULL,
    day DATE NOT NULL,
    from_minute SMALLINT UNSIGNED NOT NULL DEFAULT 0,
    to_minute SMALLINT UNSIGNED NOT NULL DEFAULT 1440, -- beyond 1440: of the next day
    official_id BIGINT UNSIGNED NOT NULL,
    phone VARCHAR(20) NOT NULL DEFAULT '',
    active TINYINT UNSIGNED NOT NULL DEFAULT 1,
    revision INT UNSIGNED NOT NULL DEFAULT 1,
    KEY duty_turn_day (day, unit_id),
    KEY duty_turn_official (official_id, day)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

ALTER TABLE unit ADD COLUMN revision INT UNSIGNED NOT NULL DEFAULT 1;

ALTER TABLE enterprise
    ADD COLUMN active TINYINT UNSIGNED NOT NULL DEFAULT 1,
    ADD COLUMN revision INT UNSIGNED NOT NULL DEFAULT 1;

ALTER TABLE contact_card
    ADD COLUMN id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT UNIQUE KEY,
    ADD COLUMN revision INT UNSIGNED NOT NULL DEFAULT 1;

-- kind and deed: ticketing/organisation/entries.hpp. The texts are JSON objects of the whole entry.
CREATE TABLE directory_change (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    at DATETIME(3) NOT NULL,
    user_id BIGINT UNSIGNED NULL,            -- none: the command line
    user_name VARCHAR(60) NOT NULL,
    deed TINYINT UNSIGNED NOT NULL,
    kind TINYINT UNSIGNED NOT NULL,
    entity_id BIGINT UNSIGNED NOT NULL,
    entity_name VARCHAR(160) NOT NULL,
    before_text TEXT NULL,
    after_text TEXT NOT NULL,
    source VARCHAR(200) NOT NULL,
    note VARCHAR(200) NOT NULL DEFAULT '',
    KEY directory_change_entity (kind, entity_id, id),
    KEY directory_change_user (user_id, id),
    KEY directory_change_at (at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- One row. Every change raises it under its lock, so that writers come one after the other and who has seen a number
-- has seen all before it; servers ask for it to know when to read the directory anew.
CREATE TABLE directory_revision (
    id TINYINT UNSIGNED NOT NULL PRIMARY KEY,
    revision BIGINT UNSIGNED NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO directory_revision (id, revision) VALUES (1, 1);
