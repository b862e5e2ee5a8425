-- Figures that can be accounted for: sums told apart by more than unit and division, the tickets behind each
-- of them, periods frozen as they were published, and how they are scored.

-- Sums as sla/rollup_cut.hpp keeps them; fields a cut does not tell apart are 0 or ''.
CREATE TABLE rollup (
    cut TINYINT UNSIGNED NOT NULL,
    day DATE NOT NULL,                     -- Asia/Shanghai; the first one of a month or year
    metric SMALLINT UNSIGNED NOT NULL,     -- sla/metric.hpp
    unit_id BIGINT UNSIGNED NOT NULL,      -- 0: the centre
    division VARCHAR(12) COLLATE utf8mb4_bin NOT NULL,
    official_id BIGINT UNSIGNED NOT NULL,
    channel TINYINT UNSIGNED NOT NULL,
    type TINYINT UNSIGNED NOT NULL,
    topic VARCHAR(60) COLLATE utf8mb4_bin NOT NULL,
    amount BIGINT NOT NULL,
    PRIMARY KEY (cut, day, metric, unit_id, division, official_id, channel, type, topic)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

DROP TABLE rollup_daily;

-- In which months a ticket counts anywhere, and in which metrics (bit n: metric n).
CREATE TABLE kpi_source (
    month DATE NOT NULL,
    ticket_id BIGINT UNSIGNED NOT NULL,
    metrics BIGINT UNSIGNED NOT NULL,
    PRIMARY KEY (month, ticket_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- All of it is derived anew from the logs.
DELETE FROM ticket_facts;
INSERT INTO derive_todo (ticket_id) SELECT id FROM ticket ORDER BY id;

-- A period as it was published. Append-only; a correction is the next revision beside the old one.
CREATE TABLE kpi_freeze (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    from_day DATE NOT NULL,
    to_day DATE NOT NULL,
    revision SMALLINT UNSIGNED NOT NULL,
    frozen_at DATETIME(3) NOT NULL,
    frozen_by BIGINT UNSIGNED NULL,
    frozen_by_name VARCHAR(60) NOT NULL,
    reason VARCHAR(500) NOT NULL DEFAULT '',  -- of a correction
    calendar_version INT UNSIGNED NOT NULL,
    policy_version INT UNSIGNED NOT NULL,
    definitions VARCHAR(2000) COLLATE utf8mb4_bin NOT NULL, -- "closing_rate 1, on_time_rate 1 …"
    figures INT UNSIGNED NOT NULL,
    tickets INT UNSIGNED NOT NULL,
    digest BINARY(32) NOT NULL,               -- SM3 over all of it, server/actions/frozen_digest
    signature VARBINARY(256) NOT NULL,
    UNIQUE KEY kpi_freeze_period (from_day, to_day, revision)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE kpi_freeze_figure (
    freeze_id BIGINT UNSIGNED NOT NULL,
    dimension TINYINT UNSIGNED NOT NULL,      -- sla/frozen.hpp
    grp VARCHAR(64) COLLATE utf8mb4_bin NOT NULL,
    metric SMALLINT UNSIGNED NOT NULL,
    amount BIGINT NOT NULL,
    PRIMARY KEY (freeze_id, dimension, grp, metric)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- The evidence: each ticket's log up to this event, which its chain makes unchangeable.
CREATE TABLE kpi_freeze_ticket (
    freeze_id BIGINT UNSIGNED NOT NULL,
    ticket_id BIGINT UNSIGNED NOT NULL,
    upto_seq INT UNSIGNED NOT NULL,
    hash BINARY(32) NOT NULL,
    PRIMARY KEY (freeze_id, ticket_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- How units are scored, as text (sla/scorecard_text.hpp). Append-only: a published score names its version.
CREATE TABLE scorecard_version (
    version INT UNSIGNED NOT NULL PRIMARY KEY,
    valid_from DATETIME(3) NOT NULL,
    body LONGTEXT NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
