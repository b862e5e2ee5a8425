-- Knowledge base (ticketing/knowledge/README.md, K1 to K15). A version never changes, a step is never taken back;
-- the article's row tells how things stand. `title` is that of the newest version: no two ask the same (K1).
CREATE TABLE knowledge_article (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    title VARCHAR(80) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    revision INT UNSIGNED NOT NULL,
    state TINYINT UNSIGNED NOT NULL,
    version INT UNSIGNED NOT NULL,
    published INT UNSIGNED NOT NULL DEFAULT 0,
    settled INT UNSIGNED NOT NULL DEFAULT 0,
    review_on DATE NULL,
    author_id BIGINT UNSIGNED NULL,          -- of the newest version; nobody: laid down or imported
    changed_at DATETIME(3) NOT NULL,
    hits INT UNSIGNED NOT NULL DEFAULT 0,
    helpful INT UNSIGNED NOT NULL DEFAULT 0,
    wrong INT UNSIGNED NOT NULL DEFAULT 0,
    open_feedback INT UNSIGNED NOT NULL DEFAULT 0,
    demonstration TINYINT UNSIGNED NOT NULL DEFAULT 0,
    UNIQUE KEY knowledge_title (title)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE knowledge_version (
    article_id BIGINT UNSIGNED NOT NULL,
    version INT UNSIGNED NOT NULL,
    title VARCHAR(80) NOT NULL,
    questions TEXT NOT NULL,                 -- one a line
    answer TEXT NOT NULL,
    basis VARCHAR(500) NOT NULL,
    unit_id BIGINT UNSIGNED NOT NULL,
    topic VARCHAR(60) NOT NULL DEFAULT '',
    divisions VARCHAR(300) NOT NULL DEFAULT '', -- codes with ',' between; '' = the whole city
    valid_from DATE NOT NULL,
    valid_to DATE NULL,
    open TINYINT UNSIGNED NOT NULL DEFAULT 0,
    PRIMARY KEY (article_id, version)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- seq is the article's revision after the step.
CREATE TABLE knowledge_step (
    article_id BIGINT UNSIGNED NOT NULL,
    seq INT UNSIGNED NOT NULL,
    step TINYINT UNSIGNED NOT NULL,
    version INT UNSIGNED NOT NULL,
    role TINYINT UNSIGNED NOT NULL,
    user_id BIGINT UNSIGNED NULL,
    by_name VARCHAR(60) NOT NULL,
    at DATETIME(3) NOT NULL,
    reason VARCHAR(500) NOT NULL DEFAULT '',
    review_on DATE NULL,
    PRIMARY KEY (article_id, seq)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE knowledge_feedback (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    article_id BIGINT UNSIGNED NOT NULL,
    version INT UNSIGNED NOT NULL,
    helpful TINYINT UNSIGNED NOT NULL,
    remark VARCHAR(500) NOT NULL DEFAULT '',
    user_id BIGINT UNSIGNED NOT NULL,
    by_name VARCHAR(60) NOT NULL,
    at DATETIME(3) NOT NULL,
    reply VARCHAR(500) NOT NULL DEFAULT '',
    replied_by VARCHAR(60) NOT NULL DEFAULT '',
    replied_at DATETIME(3) NULL,
    KEY knowledge_feedback_article (article_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- A hit: the ticket that was answered from the article (K9).
CREATE TABLE knowledge_use (
    ticket_id BIGINT UNSIGNED NOT NULL,
    article_id BIGINT UNSIGNED NOT NULL,
    version INT UNSIGNED NOT NULL,
    at DATETIME(3) NOT NULL,
    PRIMARY KEY (ticket_id, article_id),
    KEY knowledge_use_article (article_id, at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- One row. Every change raises it under its lock, so that who has seen a number has seen all before it; servers
-- ask for it to know when to read the articles anew.
CREATE TABLE knowledge_revision (
    id TINYINT UNSIGNED NOT NULL PRIMARY KEY,
    revision BIGINT UNSIGNED NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO knowledge_revision (id, revision) VALUES (1, 1);

ALTER TABLE ticket
    ADD COLUMN article_id BIGINT UNSIGNED NULL,
    ADD COLUMN article_version INT UNSIGNED NOT NULL DEFAULT 0;
