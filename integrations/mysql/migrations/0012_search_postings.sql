-- Words are found by an index of our own (integrations/mysql/search_index): cheaper to keep than a full-text index
-- of the store, quicker for the newest, and the same on MariaDB and MySQL.

DROP TABLE ticket_search;

CREATE TABLE search_posting (
    chunk INT UNSIGNED NOT NULL,     -- ticket id / 2048
    token BIGINT UNSIGNED NOT NULL,  -- ticketing/search_tokens.hpp
    places BLOB NOT NULL,            -- ticket id % 2048, two bytes each, the high one first; some twice
    PRIMARY KEY (chunk, token)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- The worker that derives reads all texts anew.
UPDATE ticket_facts SET upto_seq = 0;
INSERT INTO derive_todo (ticket_id) SELECT id FROM ticket ORDER BY id;
