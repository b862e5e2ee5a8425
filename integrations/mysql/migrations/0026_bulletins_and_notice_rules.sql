-- A bulletin in English as well, where its author wrote it; and what the administrator decides about being told (G18).
ALTER TABLE bulletin
    ADD COLUMN title_en VARCHAR(120) NOT NULL DEFAULT '',
    ADD COLUMN body_en VARCHAR(1000) NOT NULL DEFAULT '';

-- A version never changes; a change is a new one. Without any the configuration's counts.
CREATE TABLE notice_rules (
    version INT UNSIGNED NOT NULL PRIMARY KEY,
    added_at DATETIME(3) NOT NULL,
    added_by BIGINT UNSIGNED NOT NULL,
    note VARCHAR(200) NOT NULL,
    body TEXT NOT NULL                      -- JSON, as the interface has it
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
