-- Files of tickets (附件). The bytes stand in the store under their SHA-256; `seq` is the event that added the
-- file and its number within the ticket. audience: 1 everyone, 2 staff, 3 held (see ticketing/README.md A10).
CREATE TABLE attachment (
    ticket_id BIGINT UNSIGNED NOT NULL,
    seq INT UNSIGNED NOT NULL,
    kind TINYINT UNSIGNED NOT NULL,
    audience TINYINT UNSIGNED NOT NULL,
    digest BINARY(32) NOT NULL,
    preview BINARY(32) NULL,
    bytes INT UNSIGNED NOT NULL,
    width SMALLINT UNSIGNED NOT NULL DEFAULT 0,
    height SMALLINT UNSIGNED NOT NULL DEFAULT 0,
    name VARCHAR(80) NOT NULL,
    sent BINARY(32) NOT NULL, -- of the bytes as they came: the same file sent again is no second one
    role TINYINT UNSIGNED NOT NULL,
    user_id BIGINT UNSIGNED NULL,
    by_name VARCHAR(60) NOT NULL DEFAULT '',
    at DATETIME(3) NOT NULL,
    PRIMARY KEY (ticket_id, seq),
    UNIQUE KEY attachment_sent (ticket_id, sent, audience),
    KEY attachment_digest (digest),
    KEY attachment_preview (preview)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
