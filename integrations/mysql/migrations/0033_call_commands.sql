-- What people ask of calls at their desks, on its way to whoever has the call in hand (integrations/telephony, T36 to T40).
CREATE TABLE call_command (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    is_open TINYINT UNSIGNED NULL,                 -- 1 or NULL: it has ended
    source VARCHAR(40) COLLATE utf8mb4_bin NOT NULL,
    call_id VARCHAR(80) COLLATE utf8mb4_bin NOT NULL DEFAULT '',
    action TINYINT UNSIGNED NOT NULL,
    asked_by BIGINT UNSIGNED NOT NULL,
    extension VARCHAR(20) NOT NULL DEFAULT '',     -- of who asked
    target VARCHAR(20) NOT NULL DEFAULT '',        -- an extension or a number
    outside TINYINT UNSIGNED NOT NULL DEFAULT 0,
    ticket_id BIGINT UNSIGNED NULL,                -- what a call of ours is for
    callback_id BIGINT UNSIGNED NULL,
    idempotency_key VARCHAR(200) COLLATE utf8mb4_bin NOT NULL,
    asked_at DATETIME(3) NOT NULL,
    due_at DATETIME(3) NOT NULL,                   -- when it counts as failed, unless somebody said otherwise
    taken_by VARCHAR(60) COLLATE utf8mb4_bin NOT NULL DEFAULT '',
    taken_at DATETIME(3) NULL,
    ended_as TINYINT UNSIGNED NULL,
    ended_at DATETIME(3) NULL,
    fault TINYINT UNSIGNED NULL,
    UNIQUE KEY call_command_key (asked_by, idempotency_key),
    KEY call_command_open (is_open, source, id),
    KEY call_command_due (is_open, due_at),
    KEY call_command_call (source, call_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- What each exchange or platform can be asked to do, and when it last said so.
CREATE TABLE call_commander (
    source VARCHAR(40) COLLATE utf8mb4_bin NOT NULL PRIMARY KEY,
    actions VARCHAR(200) COLLATE utf8mb4_bin NOT NULL,
    heard_at DATETIME(3) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
