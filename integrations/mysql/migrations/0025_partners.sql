-- Other systems that take tickets by GeoReport v2 (integrations/open311, rules E10 to E19). `api_key` is encrypted by a key outside the database.
CREATE TABLE partner (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    name VARCHAR(80) NOT NULL,
    base_url VARCHAR(300) COLLATE utf8mb4_bin NOT NULL,
    jurisdiction_id VARCHAR(100) NOT NULL DEFAULT '',
    api_key VARCHAR(700) COLLATE utf8mb4_bin NOT NULL DEFAULT '',
    unit_id BIGINT UNSIGNED NOT NULL,          -- answers for it
    format TINYINT UNSIGNED NOT NULL DEFAULT 0, -- 0 XML, 1 JSON
    active TINYINT UNSIGNED NOT NULL DEFAULT 0,
    shares_contact TINYINT UNSIGNED NOT NULL DEFAULT 0, -- it may have name and number of the appellant
    echoes TINYINT UNSIGNED NOT NULL DEFAULT 0,         -- it has shown that it gives descriptions back (E14)
    created_by BIGINT UNSIGNED NULL,
    created_at DATETIME(3) NOT NULL,
    failures INT UNSIGNED NOT NULL DEFAULT 0,
    failing_since DATETIME(3) NULL,
    paused_until DATETIME(3) NULL,
    succeeded_at DATETIME(3) NULL,
    UNIQUE KEY partner_unit (unit_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE partner_service (
    partner_id BIGINT UNSIGNED NOT NULL,
    topic VARCHAR(60) NOT NULL,                -- '': all other topics
    service_code VARCHAR(100) COLLATE utf8mb4_bin NOT NULL,
    attributes VARCHAR(2000) NOT NULL DEFAULT '', -- lines of code=value
    PRIMARY KEY (partner_id, topic)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- One ticket at one partner. state: 1 waiting, 2 sending, 3 token, 4 accepted, 5 closed there, 6 refused, 7 uncertain, 8 unknown there,
-- 9 kept back, 10 ended. One in hand is leased until next_at.
CREATE TABLE handover (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    ticket_id BIGINT UNSIGNED NOT NULL,
    partner_id BIGINT UNSIGNED NOT NULL,
    state TINYINT UNSIGNED NOT NULL DEFAULT 1,
    service_code VARCHAR(100) COLLATE utf8mb4_bin NOT NULL DEFAULT '',
    token VARCHAR(200) COLLATE utf8mb4_bin NOT NULL DEFAULT '',
    request_id VARCHAR(200) COLLATE utf8mb4_bin NOT NULL DEFAULT '',
    words VARCHAR(600) NOT NULL DEFAULT '',    -- the partner's last ones, or why it is where it is
    attempts SMALLINT UNSIGNED NOT NULL DEFAULT 0,
    next_at DATETIME(3) NOT NULL,
    queued_at DATETIME(3) NOT NULL,
    sent_at DATETIME(3) NULL,                  -- the last POST
    seen_at DATETIME(3) NULL,                  -- the partner's last answer about it
    told_at DATETIME(3) NULL,                  -- somebody of ours was told (E18)
    status SMALLINT UNSIGNED NOT NULL DEFAULT 0,
    fault VARCHAR(20) NOT NULL DEFAULT '',
    UNIQUE KEY handover_ticket (ticket_id, partner_id),
    KEY handover_due (partner_id, state, next_at),
    KEY handover_state (state, told_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
