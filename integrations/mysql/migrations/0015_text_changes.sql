-- Which tickets' texts are new, corrected, set aside or taken up again: every server follows these rows to keep its index
-- of similar appeals (server/workers/similar_appeals). Rows of an hour ago are deleted.

CREATE TABLE text_change (
    at DATETIME(3) NOT NULL,  -- of the statement that wrote the row, shortly before its transaction ended
    ticket_id BIGINT UNSIGNED NOT NULL,
    PRIMARY KEY (at, ticket_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
