-- Calls we distribute ourselves, the servers that have them in hand, and what agents can (integrations/telephony, T25 to T33).
CREATE TABLE acd_call (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    source VARCHAR(40) COLLATE utf8mb4_bin NOT NULL,
    call_id VARCHAR(80) COLLATE utf8mb4_bin NOT NULL,
    state TINYINT UNSIGNED NOT NULL,               -- 1 waiting, 2 offered, 3 taken, 4 over
    left_as TINYINT UNSIGNED NULL,
    owner VARCHAR(60) COLLATE utf8mb4_bin NOT NULL,
    token BIGINT UNSIGNED NOT NULL,                -- of the owner, when it took the call
    enqueued_at DATETIME(3) NOT NULL,
    bonus_s INT NOT NULL DEFAULT 0,
    skills VARCHAR(500) NOT NULL DEFAULT '',       -- "policy:3 english:2?"
    attempt SMALLINT UNSIGNED NOT NULL DEFAULT 0,
    offered_to BIGINT UNSIGNED NULL,               -- the row is an agent's only promise
    offer_until DATETIME(3) NULL,
    excluded VARCHAR(2000) NOT NULL DEFAULT '',    -- "account:until …"
    taken_by BIGINT UNSIGNED NULL,
    taken_at DATETIME(3) NULL,
    left_at DATETIME(3) NULL,
    UNIQUE KEY acd_call_named (source, call_id),
    UNIQUE KEY acd_call_offer (offered_to),
    KEY acd_call_state (state, enqueued_at),
    KEY acd_call_taken (taken_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE acd_owner (
    instance VARCHAR(60) COLLATE utf8mb4_bin NOT NULL PRIMARY KEY,
    token BIGINT UNSIGNED NOT NULL,
    lease_until DATETIME(3) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- One row: whoever matches calls to agents, or takes calls over, holds it; and it counts the tokens.
CREATE TABLE acd_turn (
    id TINYINT UNSIGNED NOT NULL PRIMARY KEY,
    token BIGINT UNSIGNED NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

INSERT INTO acd_turn (id, token) VALUES (1, 0);

CREATE TABLE agent_skill (
    account_id BIGINT UNSIGNED NOT NULL,
    skill VARCHAR(20) COLLATE utf8mb4_bin NOT NULL,
    level TINYINT UNSIGNED NOT NULL,
    PRIMARY KEY (account_id, skill)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- What the caller said of it by a key, after the talk.
ALTER TABLE phone_call ADD COLUMN score TINYINT UNSIGNED NULL;
