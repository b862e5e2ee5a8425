-- Recordings of calls (integrations/telephony, T45 to T50). The bytes stand elsewhere, encrypted, under their digest; without
-- sealed_key, which the key file opens, nobody can read them. A row stays when they are gone.
CREATE TABLE call_recording (
    phone_call_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    source VARCHAR(40) COLLATE utf8mb4_bin NOT NULL,
    place VARCHAR(300) COLLATE utf8mb4_bin NOT NULL,    -- its name at the exchange
    state TINYINT UNSIGNED NOT NULL,                    -- 1 at the exchange, 2 kept, 3 deleted, 4 not to be had
    recorded_at DATETIME(3) NOT NULL,                   -- its time to be kept begins
    keep_until DATETIME(3) NULL,                        -- that time's end, once it is kept
    next_try_at DATETIME(3) NULL,                       -- NULL: nothing more to do at the exchange
    tries SMALLINT UNSIGNED NOT NULL DEFAULT 0,
    fault VARCHAR(100) NOT NULL DEFAULT '',             -- of the last try
    digest BINARY(32) NULL,                             -- SHA-256 of what is on disk
    sealed_key VARCHAR(160) COLLATE utf8mb4_bin NOT NULL DEFAULT '',
    bytes BIGINT UNSIGNED NOT NULL DEFAULT 0,           -- in clear
    seconds INT UNSIGNED NULL,
    fetched_at DATETIME(3) NULL,
    deleted_at DATETIME(3) NULL,
    UNIQUE KEY call_recording_digest (digest),
    KEY call_recording_next (next_try_at),
    KEY call_recording_state (state, keep_until)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
