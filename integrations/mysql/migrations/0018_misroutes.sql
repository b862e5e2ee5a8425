-- What approved returns teach the router (R13). Derived from the logs with the facts, rewritten a ticket at a time.
CREATE TABLE misroute (
    ticket_id BIGINT UNSIGNED NOT NULL,
    nth TINYINT UNSIGNED NOT NULL,           -- the ticket's first return, second …
    topic VARCHAR(60) COLLATE utf8mb4_bin NOT NULL,
    division VARCHAR(12) COLLATE utf8mb4_bin NOT NULL,
    unit_id BIGINT UNSIGNED NOT NULL,        -- gave it back
    went_to BIGINT UNSIGNED NOT NULL,        -- has it since; 0: nobody yet
    returned_at DATETIME(3) NOT NULL,
    PRIMARY KEY (ticket_id, nth),
    KEY misroute_returned (returned_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- When each unit was last sent a matter of the kind that it kept.
CREATE TABLE kept_matter (
    topic VARCHAR(60) COLLATE utf8mb4_bin NOT NULL,
    division VARCHAR(12) COLLATE utf8mb4_bin NOT NULL,
    unit_id BIGINT UNSIGNED NOT NULL,
    sent_at DATETIME(3) NOT NULL,
    PRIMARY KEY (topic, division, unit_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
