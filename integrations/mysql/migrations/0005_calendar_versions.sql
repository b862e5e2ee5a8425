-- Every version of the calendar keeps its own days: a due date given by an earlier one can still be
-- explained. Rows of before belong to version 1.
ALTER TABLE calendar_day
    ADD COLUMN version INT UNSIGNED NOT NULL DEFAULT 1 FIRST,
    DROP PRIMARY KEY,
    ADD PRIMARY KEY (version, day);

-- Named calendars beside the usual one: office hours as JSON (server/calendar/calendar_json.hpp), on top of
-- the days of the same version. `usual` replaces the hours of everybody who has none of his own.
CREATE TABLE calendar_variant (
    version INT UNSIGNED NOT NULL,
    name VARCHAR(40) COLLATE utf8mb4_bin NOT NULL,
    body LONGTEXT NOT NULL,
    PRIMARY KEY (version, name)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- Which unit, and the units below it, keep which.
CREATE TABLE calendar_unit (
    version INT UNSIGNED NOT NULL,
    unit_id BIGINT UNSIGNED NOT NULL,
    name VARCHAR(40) COLLATE utf8mb4_bin NOT NULL,
    PRIMARY KEY (version, unit_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
