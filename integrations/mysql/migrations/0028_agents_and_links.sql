-- Where each agent's telephone stands, and every step it took (integrations/telephony, T15 to T21).
CREATE TABLE agent_standing (
    account_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    state TINYINT UNSIGNED NOT NULL,
    reason TINYINT UNSIGNED NOT NULL,
    since DATETIME(3) NOT NULL,
    source VARCHAR(40) COLLATE utf8mb4_bin NOT NULL DEFAULT '',   -- of the call
    call_id VARCHAR(80) COLLATE utf8mb4_bin NOT NULL DEFAULT '',
    next_state TINYINT UNSIGNED NULL,
    next_reason TINYINT UNSIGNED NULL,
    due_at DATETIME(3) NULL,
    idle_since DATETIME(3) NULL,
    told_at DATETIME(3) NULL,
    KEY agent_standing_due (due_at),
    KEY agent_standing_call (source, call_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- Append-only.
CREATE TABLE agent_move (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    account_id BIGINT UNSIGNED NOT NULL,
    at DATETIME(3) NOT NULL,
    from_state TINYINT UNSIGNED NOT NULL,
    from_reason TINYINT UNSIGNED NOT NULL,
    to_state TINYINT UNSIGNED NOT NULL,
    to_reason TINYINT UNSIGNED NOT NULL,
    cause TINYINT UNSIGNED NOT NULL,
    by_account BIGINT UNSIGNED NULL,
    source VARCHAR(40) COLLATE utf8mb4_bin NOT NULL DEFAULT '',
    call_id VARCHAR(80) COLLATE utf8mb4_bin NOT NULL DEFAULT '',
    KEY agent_move_account (account_id, at),
    KEY agent_move_reason (to_reason, at),
    KEY agent_move_at (at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- Call platforms that send heartbeats: silence says that the link is down (T24).
CREATE TABLE cti_link (
    source VARCHAR(40) COLLATE utf8mb4_bin NOT NULL PRIMARY KEY,
    heard_at DATETIME(3) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
