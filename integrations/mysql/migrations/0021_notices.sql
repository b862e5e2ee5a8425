-- Who is told what of a ticket, by which channels, and what came of it (ticketing/notices). Accounts are told.

-- Changes the outbox has told to the screens and handed on: who is to be told is found out from them. The most urgent first.
CREATE TABLE notice_todo (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    ticket_id BIGINT UNSIGNED NOT NULL,
    seq INT UNSIGNED NOT NULL,
    rank_no TINYINT UNSIGNED NOT NULL, -- 1 critical, 2 urgent, 3 normal
    KEY notice_todo_first (rank_no, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- One thing one receiver is told. Of a ticket: by its event. Of none (ticket_id 0): a bulletin (seq: its id) or the summary
-- of a day (seq: days since 1970).
CREATE TABLE notice (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    ticket_id BIGINT UNSIGNED NOT NULL,
    seq BIGINT UNSIGNED NOT NULL,
    receiver BIGINT UNSIGNED NOT NULL,
    occasion TINYINT UNSIGNED NOT NULL,
    standing TINYINT UNSIGNED NOT NULL,     -- as what he is told: handler, clerk, deputy …
    urgency TINYINT UNSIGNED NOT NULL,
    numbered TINYINT UNSIGNED NOT NULL DEFAULT 1, -- 0: the ticket is not named to him
    matters SMALLINT UNSIGNED NOT NULL DEFAULT 0, -- how many, in a summary
    at DATETIME(3) NOT NULL,                -- of the event
    made_at DATETIME(3) NOT NULL,
    rung TINYINT UNSIGNED NOT NULL DEFAULT 0, -- of the plan: how many are done
    next_at DATETIME(3) NULL,               -- when the next is due; leased by moving it. NULL: it has come to its end
    held TINYINT UNSIGNED NOT NULL DEFAULT 0, -- waits for the shift to begin
    ending TINYINT UNSIGNED NOT NULL DEFAULT 0, -- why nothing more is due; 0 while something is
    delivered_at DATETIME(3) NULL,          -- the first channel took it, or a page showed it
    shown_at DATETIME(3) NULL,
    read_at DATETIME(3) NULL,
    acknowledged_at DATETIME(3) NULL,
    UNIQUE KEY notice_once (ticket_id, seq, receiver, occasion),
    KEY notice_receiver (receiver, id),
    KEY notice_unread (receiver, read_at, id),
    KEY notice_next (next_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- One notice by one channel, to one device where it is a push.
CREATE TABLE notice_delivery (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    notice_id BIGINT UNSIGNED NOT NULL,
    channel TINYINT UNSIGNED NOT NULL,
    device_id VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    state TINYINT UNSIGNED NOT NULL,        -- 1 queued, 2 sent, 3 failed, 4 given up
    attempts SMALLINT UNSIGNED NOT NULL DEFAULT 0,
    next_at DATETIME(3) NULL,               -- leased by moving it; NULL unless queued
    made_at DATETIME(3) NOT NULL,
    sent_at DATETIME(3) NULL,
    shown_at DATETIME(3) NULL,
    vendor_id VARCHAR(80) NOT NULL DEFAULT '',
    detail VARCHAR(120) NOT NULL DEFAULT '',
    UNIQUE KEY notice_delivery_once (notice_id, channel, device_id),
    KEY notice_delivery_next (channel, next_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE notice_preference (
    account_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    quiet_from SMALLINT UNSIGNED NOT NULL,  -- minutes of the day in China
    quiet_to SMALLINT UNSIGNED NOT NULL,
    language TINYINT UNSIGNED NOT NULL,     -- 1 Chinese, 2 English
    channels INT UNSIGNED NOT NULL,         -- a bit for each channel wanted
    changed_at DATETIME(3) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE bulletin (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    at DATETIME(3) NOT NULL,
    author BIGINT UNSIGNED NOT NULL,
    title VARCHAR(60) NOT NULL,
    body VARCHAR(500) NOT NULL,
    audience TEXT NOT NULL,                 -- JSON, as asked for
    receivers INT UNSIGNED NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- Telephones and browsers. The app makes the id; a wiped one never comes back.
CREATE TABLE device (
    id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    account_id BIGINT UNSIGNED NOT NULL,
    name VARCHAR(60) NOT NULL,
    kind TINYINT UNSIGNED NOT NULL,         -- 1 web_push, 2 unified_push
    endpoint VARCHAR(500) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    p256dh VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    auth VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    created_at DATETIME(3) NOT NULL,
    seen_at DATETIME(3) NOT NULL,
    wiped_at DATETIME(3) NULL,
    last_word_at DATETIME(3) NULL,          -- when its subscription is told of the wipe; NULL: it was, or need not be
    KEY device_account (account_id),
    KEY device_wiped (wiped_at),
    KEY device_last_word (last_word_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- A session belongs to the device it was begun on.
ALTER TABLE session
    ADD COLUMN device_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL,
    ADD KEY session_device (device_id);
