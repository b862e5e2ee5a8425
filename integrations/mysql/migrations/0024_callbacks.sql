-- Calls nobody answered, by the number that waits to be called back (integrations/telephony, T6 to T10).
CREATE TABLE callback (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    number VARCHAR(20) COLLATE utf8mb4_bin NOT NULL,
    is_open TINYINT UNSIGNED NULL,         -- 1 or NULL: of a number one waits at a time
    missed SMALLINT UNSIGNED NOT NULL,     -- calls
    first_missed_at DATETIME(3) NOT NULL,
    last_missed_at DATETIME(3) NOT NULL,
    last_call BIGINT UNSIGNED NOT NULL,
    enterprise_id BIGINT UNSIGNED NULL,
    tries SMALLINT UNSIGNED NOT NULL DEFAULT 0,
    last_try_at DATETIME(3) NULL,
    next_at DATETIME(3) NOT NULL,
    claimed_by BIGINT UNSIGNED NULL,
    claimed_until DATETIME(3) NULL,
    ended_as TINYINT UNSIGNED NULL,
    ended_at DATETIME(3) NULL,
    ended_by BIGINT UNSIGNED NULL,
    UNIQUE KEY callback_waits (number, is_open),
    KEY callback_next (is_open, next_at),
    KEY callback_ended (ended_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE callback_call (
    call_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    callback_id BIGINT UNSIGNED NOT NULL,
    KEY callback_call_callback (callback_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE callback_try (
    callback_id BIGINT UNSIGNED NOT NULL,
    try_no SMALLINT UNSIGNED NOT NULL,
    at DATETIME(3) NOT NULL,
    user_id BIGINT UNSIGNED NOT NULL,
    outcome TINYINT UNSIGNED NOT NULL,
    note VARCHAR(200) NOT NULL DEFAULT '',
    idempotency_key VARCHAR(200) COLLATE utf8mb4_bin NOT NULL,
    PRIMARY KEY (callback_id, try_no),
    UNIQUE KEY callback_try_key (callback_id, user_id, idempotency_key)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- How many missed calls of an entry somebody has seen: one more makes it news again.
CREATE TABLE callback_seen (
    account_id BIGINT UNSIGNED NOT NULL,
    callback_id BIGINT UNSIGNED NOT NULL,
    missed SMALLINT UNSIGNED NOT NULL,
    PRIMARY KEY (account_id, callback_id),
    KEY callback_seen_callback (callback_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- What became of a number, and an enterprise's calls.
ALTER TABLE phone_call
    ADD KEY phone_call_dnis (dnis, id),
    ADD KEY phone_call_enterprise (enterprise_id, id);
