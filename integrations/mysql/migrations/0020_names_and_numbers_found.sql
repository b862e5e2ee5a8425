-- Enterprises by the initials of their names (ticketing/pinyin). Rows of enterprises that are there already are written
-- by the servers while they run (index_progress).
CREATE TABLE enterprise_initials (
    initials VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- of one combination of readings
    enterprise_id BIGINT UNSIGNED NOT NULL,
    PRIMARY KEY (initials, enterprise_id),
    KEY enterprise_initials_enterprise (enterprise_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- Blind index: whose tickets have a telephone number or credit code, without the number. Sixteen bytes of an
-- HMAC-SHA-256 under a key that is not in the database (integrations/crypto/blind_index.hpp).
CREATE TABLE person_key (
    mac BINARY(16) NOT NULL,
    ticket_id BIGINT UNSIGNED NOT NULL,
    PRIMARY KEY (mac, ticket_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- How far an index has taken up what was there before it. Another edition (a new table of readings, a new key) begins anew.
CREATE TABLE index_progress (
    name VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    edition VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    upto BIGINT UNSIGNED NOT NULL DEFAULT 0, -- the last id taken up
    complete TINYINT UNSIGNED NOT NULL DEFAULT 0
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

INSERT INTO index_progress (name) VALUES ('initials'), ('persons');

-- Lists of a span of days; what seldom changes is told from the index alone.
ALTER TABLE ticket ADD KEY ticket_accepted (accepted_at, division, type);
