-- The line: directory, tickets, clocks, events, work tables, accounts.
-- Instants are UTC, DATETIME(3). Enum columns hold the persisted numbers of ticketing/types.
-- Keys compared byte by byte use utf8mb4_bin; texts for people use utf8mb4_general_ci, which exists in
-- MariaDB and MySQL alike.

CREATE TABLE division (
    code VARCHAR(12) COLLATE utf8mb4_bin NOT NULL PRIMARY KEY,
    name VARCHAR(60) NOT NULL,
    parent VARCHAR(12) COLLATE utf8mb4_bin NOT NULL DEFAULT '',
    kind TINYINT UNSIGNED NOT NULL,
    grid_col TINYINT NULL,
    grid_row TINYINT NULL,
    KEY division_parent (parent)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE unit (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    code VARCHAR(60) COLLATE utf8mb4_bin NOT NULL,
    name VARCHAR(80) NOT NULL,
    parent_id BIGINT UNSIGNED NULL,
    level TINYINT UNSIGNED NOT NULL,
    division VARCHAR(12) COLLATE utf8mb4_bin NOT NULL,
    `function` VARCHAR(40) COLLATE utf8mb4_bin NOT NULL DEFAULT '',
    active TINYINT UNSIGNED NOT NULL DEFAULT 1,
    UNIQUE KEY unit_code (code),
    KEY unit_parent (parent_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE official (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    staff_no VARCHAR(40) COLLATE utf8mb4_bin NOT NULL,
    name VARCHAR(60) NOT NULL,
    unit_id BIGINT UNSIGNED NOT NULL,
    phone VARCHAR(20) NOT NULL DEFAULT '',
    duty VARCHAR(200) NOT NULL DEFAULT '',
    capacity INT NOT NULL DEFAULT 15,
    on_leave TINYINT UNSIGNED NOT NULL DEFAULT 0,
    deputy_id BIGINT UNSIGNED NULL,
    active TINYINT UNSIGNED NOT NULL DEFAULT 1,
    demonstration TINYINT UNSIGNED NOT NULL DEFAULT 0,
    UNIQUE KEY official_staff_no (staff_no),
    KEY official_unit (unit_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- 派单目录. Lists are JSON text: read once into the directory snapshot, never queried.
CREATE TABLE duty (
    topic VARCHAR(60) NOT NULL PRIMARY KEY,
    category VARCHAR(60) NOT NULL,
    `function` VARCHAR(40) COLLATE utf8mb4_bin NOT NULL,
    county_has_power TINYINT UNSIGNED NOT NULL DEFAULT 0,
    zone_has_power TINYINT UNSIGNED NOT NULL DEFAULT 0,
    co_functions LONGTEXT NOT NULL,
    exceptions LONGTEXT NOT NULL,
    words LONGTEXT NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE enterprise (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    uscc VARCHAR(18) COLLATE utf8mb4_bin NULL,
    name VARCHAR(160) NOT NULL,
    division VARCHAR(12) COLLATE utf8mb4_bin NOT NULL DEFAULT '',
    zone VARCHAR(12) COLLATE utf8mb4_bin NOT NULL DEFAULT '',
    town VARCHAR(12) COLLATE utf8mb4_bin NOT NULL DEFAULT '',
    address VARCHAR(200) NOT NULL DEFAULT '',
    phone VARCHAR(20) COLLATE utf8mb4_bin NOT NULL DEFAULT '',
    industry CHAR(1) NOT NULL DEFAULT '',
    size TINYINT UNSIGNED NOT NULL DEFAULT 1,
    five_above TINYINT UNSIGNED NOT NULL DEFAULT 0,
    demonstration TINYINT UNSIGNED NOT NULL DEFAULT 0,
    UNIQUE KEY enterprise_uscc (uscc),
    KEY enterprise_phone (phone),
    KEY enterprise_name (name(40))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- 连心卡: which official follows which enterprise.
CREATE TABLE contact_card (
    enterprise_id BIGINT UNSIGNED NOT NULL,
    official_id BIGINT UNSIGNED NOT NULL,
    since DATE NOT NULL,
    active TINYINT UNSIGNED NOT NULL DEFAULT 1,
    PRIMARY KEY (enterprise_id, official_id),
    KEY contact_card_official (official_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- The State Council's days off and make-up workdays, one row per exceptional day.
CREATE TABLE calendar_day (
    day DATE NOT NULL PRIMARY KEY,
    day_off TINYINT UNSIGNED NOT NULL,
    name VARCHAR(40) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE calendar_version (
    version INT UNSIGNED NOT NULL PRIMARY KEY,
    years VARCHAR(100) NOT NULL,
    source VARCHAR(300) NOT NULL,
    loaded_at DATETIME(3) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- A policy set as text (see sla/README.md); the newest version whose valid_from has come is in force.
CREATE TABLE policy_version (
    version INT UNSIGNED NOT NULL PRIMARY KEY,
    valid_from DATETIME(3) NOT NULL,
    body LONGTEXT NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE serial_lease (
    name VARCHAR(40) COLLATE utf8mb4_bin NOT NULL PRIMARY KEY,
    next_value BIGINT UNSIGNED NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE ticket (
    id BIGINT UNSIGNED NOT NULL PRIMARY KEY, -- the serial inside the number: leased, unique, ascending enough
    number VARCHAR(24) COLLATE utf8mb4_bin NOT NULL,
    version INT UNSIGNED NOT NULL,
    state TINYINT UNSIGNED NOT NULL,
    channel TINYINT UNSIGNED NOT NULL,
    idempotency_key VARCHAR(255) COLLATE utf8mb4_bin NOT NULL,
    body_hash BINARY(32) NOT NULL,
    call_id VARCHAR(80) COLLATE utf8mb4_bin NOT NULL DEFAULT '',
    created_by BIGINT UNSIGNED NULL,
    visiting_official_id BIGINT UNSIGNED NULL,
    enterprise_id BIGINT UNSIGNED NULL,
    enterprise_name VARCHAR(160) NOT NULL DEFAULT '',
    uscc VARCHAR(18) COLLATE utf8mb4_bin NOT NULL DEFAULT '',
    appellant_name VARCHAR(60) NOT NULL DEFAULT '',
    appellant_phone VARCHAR(20) COLLATE utf8mb4_bin NOT NULL DEFAULT '',
    appellant_role VARCHAR(60) NOT NULL DEFAULT '',
    anonymous TINYINT UNSIGNED NOT NULL DEFAULT 0,
    confidential TINYINT UNSIGNED NOT NULL DEFAULT 0,
    reply_wanted TINYINT UNSIGNED NOT NULL DEFAULT 1,
    type TINYINT UNSIGNED NOT NULL,
    category VARCHAR(60) NOT NULL DEFAULT '',
    topic VARCHAR(60) NOT NULL DEFAULT '',
    title VARCHAR(120) NOT NULL,
    content TEXT NOT NULL,
    place VARCHAR(200) NOT NULL DEFAULT '',
    wanted VARCHAR(500) NOT NULL DEFAULT '',
    division VARCHAR(12) COLLATE utf8mb4_bin NOT NULL DEFAULT '',
    town VARCHAR(12) COLLATE utf8mb4_bin NOT NULL DEFAULT '',
    amount_fen BIGINT NULL,
    urgency TINYINT UNSIGNED NOT NULL,
    complexity TINYINT UNSIGNED NOT NULL DEFAULT 1,
    risk_flags INT UNSIGNED NOT NULL DEFAULT 0,
    complained_unit_id BIGINT UNSIGNED NULL,
    lead_unit_id BIGINT UNSIGNED NULL,
    official_id BIGINT UNSIGNED NULL,
    case_owner_id BIGINT UNSIGNED NULL,
    co_units VARCHAR(500) NOT NULL DEFAULT '',      -- unit ids, comma separated, as in the event log
    refused_units VARCHAR(500) NOT NULL DEFAULT '', -- likewise
    designated TINYINT UNSIGNED NOT NULL DEFAULT 0,
    round TINYINT UNSIGNED NOT NULL DEFAULT 1,
    dispatch_count SMALLINT UNSIGNED NOT NULL DEFAULT 0,
    return_count SMALLINT UNSIGNED NOT NULL DEFAULT 0,
    redo_count SMALLINT UNSIGNED NOT NULL DEFAULT 0,
    review_return_count SMALLINT UNSIGNED NOT NULL DEFAULT 0,
    urge_count SMALLINT UNSIGNED NOT NULL DEFAULT 0,
    urged_at DATETIME(3) NULL,
    repeat_count SMALLINT UNSIGNED NOT NULL DEFAULT 0,
    supervise_level TINYINT UNSIGNED NOT NULL DEFAULT 0,
    extension_count TINYINT UNSIGNED NOT NULL DEFAULT 0,
    extension_pending TINYINT UNSIGNED NOT NULL DEFAULT 0,
    extension_days_asked TINYINT UNSIGNED NOT NULL DEFAULT 0,
    extension_days TINYINT UNSIGNED NOT NULL DEFAULT 0,
    hard_case TINYINT UNSIGNED NOT NULL DEFAULT 0,
    needs_entry TINYINT UNSIGNED NOT NULL DEFAULT 0,
    return_reason VARCHAR(40) NOT NULL DEFAULT '',
    return_basis VARCHAR(500) NOT NULL DEFAULT '',
    return_suggested_unit_id BIGINT UNSIGNED NULL,
    parent_id BIGINT UNSIGNED NULL,
    accepted_at DATETIME(3) NOT NULL,
    dispatched_at DATETIME(3) NULL,
    signed_at DATETIME(3) NULL,
    first_contact_at DATETIME(3) NULL,
    submitted_at DATETIME(3) NULL,
    reviewed_at DATETIME(3) NULL,
    closed_at DATETIME(3) NULL,
    handle_due_at DATETIME(3) NULL,  -- copy of the running handling clock: lists sort by it
    next_due_at DATETIME(3) NULL,    -- the nearest running clock: whose move, until when
    outcome TINYINT UNSIGNED NULL,
    result_text TEXT NULL,
    result_basis VARCHAR(500) NOT NULL DEFAULT '',
    told_at DATETIME(3) NULL,
    decline_reason VARCHAR(40) NOT NULL DEFAULT '',
    closed_as TINYINT UNSIGNED NULL,
    callback_attempts VARCHAR(500) NOT NULL DEFAULT '', -- "epoch-ms:reached", comma separated
    survey_solved TINYINT UNSIGNED NULL,
    survey_satisfaction TINYINT UNSIGNED NULL,
    survey_way VARCHAR(20) NOT NULL DEFAULT '',
    survey_reason VARCHAR(500) NOT NULL DEFAULT '',
    survey_at DATETIME(3) NULL,
    last_seq INT UNSIGNED NOT NULL,   -- head of the event chain
    last_hash BINARY(32) NOT NULL,
    UNIQUE KEY ticket_number (number),
    UNIQUE KEY ticket_intake (channel, idempotency_key),
    KEY ticket_state (state, id),
    KEY ticket_unit (lead_unit_id, state, id),
    KEY ticket_official (official_id, state, next_due_at),
    KEY ticket_enterprise (enterprise_id, id),
    KEY ticket_phone (appellant_phone, id),
    KEY ticket_created_by (created_by, id),
    KEY ticket_case_owner (case_owner_id, id),
    KEY ticket_division (division, id),
    KEY ticket_due (state, handle_due_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- Why this unit and this official; apart from the row that lists read.
CREATE TABLE ticket_route (
    ticket_id BIGINT UNSIGNED NOT NULL,
    dispatch_no SMALLINT UNSIGNED NOT NULL,
    at DATETIME(3) NOT NULL,
    trace LONGTEXT NOT NULL,
    PRIMARY KEY (ticket_id, dispatch_no)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- Units that help: the scope of the permissions widens by these rows.
CREATE TABLE ticket_co_unit (
    ticket_id BIGINT UNSIGNED NOT NULL,
    unit_id BIGINT UNSIGNED NOT NULL,
    PRIMARY KEY (ticket_id, unit_id),
    KEY ticket_co_unit_unit (unit_id, ticket_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- Every number ever given out leads to its ticket, also one given twice for the same key while a store
-- was away.
CREATE TABLE ticket_alias (
    number VARCHAR(24) COLLATE utf8mb4_bin NOT NULL PRIMARY KEY,
    ticket_id BIGINT UNSIGNED NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- Append-only; chained per ticket (SM3). The application's database user may insert and select only.
CREATE TABLE ticket_event (
    ticket_id BIGINT UNSIGNED NOT NULL,
    seq INT UNSIGNED NOT NULL,
    act TINYINT UNSIGNED NOT NULL,
    role TINYINT UNSIGNED NOT NULL,
    user_id BIGINT UNSIGNED NULL,
    actor_name VARCHAR(60) NOT NULL DEFAULT '',
    unit_id BIGINT UNSIGNED NULL,
    at DATETIME(3) NOT NULL,
    from_state TINYINT UNSIGNED NOT NULL,
    to_state TINYINT UNSIGNED NOT NULL,
    reason TEXT NOT NULL,
    changes LONGTEXT NOT NULL,
    internal TINYINT UNSIGNED NOT NULL DEFAULT 0,
    previous_hash BINARY(32) NOT NULL,
    hash BINARY(32) NOT NULL,
    PRIMARY KEY (ticket_id, seq)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- A deadline is data. state: 1 running, 2 stopped in time or cancelled, 3 fired.
CREATE TABLE ticket_clock (
    ticket_id BIGINT UNSIGNED NOT NULL,
    kind TINYINT UNSIGNED NOT NULL,
    generation SMALLINT UNSIGNED NOT NULL,  -- 1, 2 …: the same clock started again (second dispatch, redo)
    state TINYINT UNSIGNED NOT NULL,
    started_at DATETIME(3) NOT NULL,
    due_at DATETIME(3) NOT NULL,
    warn_at DATETIME(3) NULL,               -- yellow card
    warned_at DATETIME(3) NULL,
    stopped_at DATETIME(3) NULL,
    fired_at DATETIME(3) NULL,
    late_by_ms BIGINT NULL,                 -- how late the watcher was, not the unit
    next_fire_at DATETIME(3) NULL,          -- warn_at, then due_at, then NULL: what the watcher scans
    limit_kind TINYINT UNSIGNED NOT NULL,
    limit_amount INT UNSIGNED NOT NULL,
    pauses VARCHAR(1000) NOT NULL DEFAULT '',     -- "from:until" in Unix ms, comma separated
    extensions VARCHAR(500) NOT NULL DEFAULT '', -- "at:limit_kind:amount", comma separated
    calendar_version INT UNSIGNED NOT NULL,
    policy_version INT UNSIGNED NOT NULL,
    beyond_calendar TINYINT UNSIGNED NOT NULL DEFAULT 0,
    PRIMARY KEY (ticket_id, kind, generation),
    KEY ticket_clock_next (next_fire_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- Work tables: rows are written in the transaction that makes the work and deleted when it is done.
CREATE TABLE outbox (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    ticket_id BIGINT UNSIGNED NOT NULL,
    seq INT UNSIGNED NOT NULL,        -- the event that is to be told
    next_at DATETIME(3) NOT NULL,
    attempts SMALLINT UNSIGNED NOT NULL DEFAULT 0,
    KEY outbox_next (next_at, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- Tickets whose facts (roll-ups) and search text must be derived anew.
CREATE TABLE derive_todo (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    ticket_id BIGINT UNSIGNED NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- One row per ticket: what it last contributed to the roll-ups.
CREATE TABLE ticket_facts (
    ticket_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    upto_seq INT UNSIGNED NOT NULL,
    facts LONGTEXT NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE rollup_daily (
    day DATE NOT NULL,                 -- Asia/Shanghai
    unit_id BIGINT UNSIGNED NOT NULL,  -- 0: none yet
    division VARCHAR(12) COLLATE utf8mb4_bin NOT NULL,
    metric SMALLINT UNSIGNED NOT NULL, -- sla/rollup.hpp
    amount BIGINT NOT NULL,
    PRIMARY KEY (day, metric, unit_id, division)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- Bigrams of title, content and result as ASCII tokens: the same on MariaDB and MySQL.
CREATE TABLE ticket_search (
    ticket_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    tokens LONGTEXT CHARACTER SET ascii NOT NULL,
    FULLTEXT KEY ticket_search_tokens (tokens)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- An accepted appeal that could not be processed; its stub ticket has its own deadline.
CREATE TABLE dead_letter (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    stream_id VARCHAR(40) COLLATE utf8mb4_bin NOT NULL,
    ticket_id BIGINT UNSIGNED NOT NULL,
    payload LONGBLOB NOT NULL,
    error VARCHAR(500) NOT NULL,
    at DATETIME(3) NOT NULL,
    requeued_at DATETIME(3) NULL,
    requeued_by BIGINT UNSIGNED NULL,
    UNIQUE KEY dead_letter_stream (stream_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- Periodic signed statement over the chain heads that moved since the one before.
CREATE TABLE chain_checkpoint (
    id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    at DATETIME(3) NOT NULL,
    entries INT UNSIGNED NOT NULL,
    digest BINARY(32) NOT NULL,       -- SM3 over the previous digest and the entries in order
    signature VARBINARY(256) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE chain_checkpoint_entry (
    checkpoint_id BIGINT UNSIGNED NOT NULL,
    ticket_id BIGINT UNSIGNED NOT NULL,
    seq INT UNSIGNED NOT NULL,
    hash BINARY(32) NOT NULL,
    PRIMARY KEY (checkpoint_id, ticket_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE phone_call (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    source VARCHAR(40) COLLATE utf8mb4_bin NOT NULL,
    call_id VARCHAR(80) COLLATE utf8mb4_bin NOT NULL,
    state TINYINT UNSIGNED NOT NULL,
    direction TINYINT UNSIGNED NOT NULL DEFAULT 1,
    ani VARCHAR(20) COLLATE utf8mb4_bin NOT NULL DEFAULT '',
    dnis VARCHAR(20) COLLATE utf8mb4_bin NOT NULL DEFAULT '',
    queue VARCHAR(40) NOT NULL DEFAULT '',
    agent_user_id BIGINT UNSIGNED NULL,
    enterprise_id BIGINT UNSIGNED NULL,
    ticket_id BIGINT UNSIGNED NULL,
    offered_at DATETIME(3) NULL,
    queued_at DATETIME(3) NULL,
    ringing_at DATETIME(3) NULL,
    answered_at DATETIME(3) NULL,
    ended_at DATETIME(3) NULL,
    recording VARCHAR(300) NOT NULL DEFAULT '',
    last_seq BIGINT NOT NULL DEFAULT 0,
    UNIQUE KEY phone_call_id (source, call_id),
    KEY phone_call_agent (agent_user_id, id),
    KEY phone_call_ani (ani, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE cti_event (
    source VARCHAR(40) COLLATE utf8mb4_bin NOT NULL,
    event_id VARCHAR(80) COLLATE utf8mb4_bin NOT NULL,
    call_id VARCHAR(80) COLLATE utf8mb4_bin NOT NULL,
    type VARCHAR(40) COLLATE utf8mb4_bin NOT NULL,
    occurred_at DATETIME(3) NOT NULL,
    received_at DATETIME(3) NOT NULL,
    body LONGTEXT NOT NULL,
    PRIMARY KEY (source, event_id),
    KEY cti_event_call (source, call_id, occurred_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE account (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    login VARCHAR(60) COLLATE utf8mb4_bin NOT NULL,
    name VARCHAR(60) NOT NULL,
    role TINYINT UNSIGNED NOT NULL,
    unit_id BIGINT UNSIGNED NULL,
    official_id BIGINT UNSIGNED NULL,
    division VARCHAR(12) COLLATE utf8mb4_bin NOT NULL DEFAULT '',
    extension VARCHAR(20) COLLATE utf8mb4_bin NOT NULL DEFAULT '', -- the agent's name at the call platform
    password VARCHAR(200) COLLATE utf8mb4_bin NOT NULL,
    must_change TINYINT UNSIGNED NOT NULL DEFAULT 0,
    disabled TINYINT UNSIGNED NOT NULL DEFAULT 0,
    generation INT UNSIGNED NOT NULL DEFAULT 1, -- raised to end every session at once
    failures SMALLINT UNSIGNED NOT NULL DEFAULT 0,
    locked_until DATETIME(3) NULL,
    password_at DATETIME(3) NOT NULL,
    demonstration TINYINT UNSIGNED NOT NULL DEFAULT 0,
    UNIQUE KEY account_login (login),
    UNIQUE KEY account_official (official_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE session (
    token_digest BINARY(32) NOT NULL PRIMARY KEY,
    account_id BIGINT UNSIGNED NOT NULL,
    generation INT UNSIGNED NOT NULL,
    csrf_token VARCHAR(64) COLLATE utf8mb4_bin NOT NULL,
    created_at DATETIME(3) NOT NULL,
    seen_at DATETIME(3) NOT NULL,
    expires_at DATETIME(3) NOT NULL,
    address VARCHAR(45) NOT NULL DEFAULT '',
    user_agent VARCHAR(200) NOT NULL DEFAULT '',
    KEY session_account (account_id),
    KEY session_expires (expires_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE api_token (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    name VARCHAR(80) NOT NULL,
    scope VARCHAR(40) COLLATE utf8mb4_bin NOT NULL,
    token_digest BINARY(32) NOT NULL,
    created_by BIGINT UNSIGNED NOT NULL,
    created_at DATETIME(3) NOT NULL,
    expires_at DATETIME(3) NULL,
    revoked_at DATETIME(3) NULL,
    last_used_at DATETIME(3) NULL,
    UNIQUE KEY api_token_digest (token_digest)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- Who looked, changed, failed. Append-only, chained (SM3) in one sequence per shard.
CREATE TABLE audit (
    shard TINYINT UNSIGNED NOT NULL,
    seq BIGINT UNSIGNED NOT NULL,
    at DATETIME(3) NOT NULL,
    user_id BIGINT UNSIGNED NULL,
    role TINYINT UNSIGNED NOT NULL,
    action VARCHAR(40) COLLATE utf8mb4_bin NOT NULL,
    object VARCHAR(80) COLLATE utf8mb4_bin NOT NULL DEFAULT '',
    success TINYINT UNSIGNED NOT NULL DEFAULT 1,
    address VARCHAR(45) NOT NULL DEFAULT '',
    request_id VARCHAR(40) COLLATE utf8mb4_bin NOT NULL DEFAULT '',
    detail LONGTEXT NOT NULL,
    previous_hash BINARY(32) NOT NULL,
    hash BINARY(32) NOT NULL,
    PRIMARY KEY (shard, seq),
    KEY audit_at (at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE audit_head (
    shard TINYINT UNSIGNED NOT NULL PRIMARY KEY,
    seq BIGINT UNSIGNED NOT NULL,
    hash BINARY(32) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- Replays of an act: same key, same answer.
CREATE TABLE act_key (
    user_id BIGINT UNSIGNED NOT NULL,
    idempotency_key VARCHAR(255) COLLATE utf8mb4_bin NOT NULL,
    body_hash BINARY(32) NOT NULL,
    ticket_id BIGINT UNSIGNED NOT NULL,
    seq INT UNSIGNED NOT NULL,
    at DATETIME(3) NOT NULL,
    PRIMARY KEY (user_id, idempotency_key),
    KEY act_key_at (at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE heartbeat (
    name VARCHAR(80) COLLATE utf8mb4_bin NOT NULL PRIMARY KEY,
    at DATETIME(3) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
