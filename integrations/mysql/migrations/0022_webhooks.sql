-- Other systems that are told of tickets (integrations/webhooks, rules V1 to V7). The secret an endpoint verifies by is made
-- from the server's key, id, created_at and generation, and stands nowhere.
CREATE TABLE webhook (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    name VARCHAR(80) NOT NULL,
    url VARCHAR(500) COLLATE utf8mb4_bin NOT NULL,
    kinds VARCHAR(600) COLLATE utf8mb4_bin NOT NULL DEFAULT '', -- comma separated; empty: everything
    active TINYINT UNSIGNED NOT NULL DEFAULT 1,
    generation INT UNSIGNED NOT NULL DEFAULT 1,
    rotated_at DATETIME(3) NULL,
    created_by BIGINT UNSIGNED NULL,
    created_at DATETIME(3) NOT NULL,
    failures INT UNSIGNED NOT NULL DEFAULT 0, -- since the last success
    failing_since DATETIME(3) NULL,
    paused_until DATETIME(3) NULL,
    succeeded_at DATETIME(3) NULL,
    switched_off_at DATETIME(3) NULL          -- by the server, after failing too long
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- state: 1 waits, 2 delivered, 3 given up. A leased one waits until its lease is over.
CREATE TABLE webhook_delivery (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    webhook_id BIGINT UNSIGNED NOT NULL,
    ticket_id BIGINT UNSIGNED NOT NULL,        -- 0: a ping
    seq INT UNSIGNED NOT NULL,
    kind TINYINT UNSIGNED NOT NULL,
    message_id VARCHAR(80) COLLATE utf8mb4_bin NOT NULL,
    body TEXT NOT NULL,
    state TINYINT UNSIGNED NOT NULL DEFAULT 1,
    attempts SMALLINT UNSIGNED NOT NULL DEFAULT 0,
    next_at DATETIME(3) NOT NULL,
    give_up_at DATETIME(3) NOT NULL,
    created_at DATETIME(3) NOT NULL,
    finished_at DATETIME(3) NULL,
    status SMALLINT UNSIGNED NOT NULL DEFAULT 0, -- of the last answer
    fault VARCHAR(20) NOT NULL DEFAULT '',       -- why there was none
    UNIQUE KEY webhook_delivery_event (webhook_id, ticket_id, seq),
    KEY webhook_delivery_due (webhook_id, state, next_at),
    KEY webhook_delivery_order (webhook_id, state, ticket_id, seq),
    KEY webhook_delivery_ticket (ticket_id, seq),
    KEY webhook_delivery_finished (state, finished_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
