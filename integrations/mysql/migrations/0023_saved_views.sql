-- Named questions to the list of tickets, each a person's own or given to a role (A15). The id is the browser's, so that sending one twice
-- keeps it once; `question` is the filter as JSON, in the order the server writes it.
CREATE TABLE saved_view (
    id VARCHAR(36) COLLATE utf8mb4_bin NOT NULL PRIMARY KEY,
    account_id BIGINT UNSIGNED NOT NULL,
    name VARCHAR(40) NOT NULL,
    question TEXT NOT NULL,
    sort VARCHAR(10) COLLATE utf8mb4_bin NOT NULL,
    shown VARCHAR(300) COLLATE utf8mb4_bin NOT NULL DEFAULT '', -- columns in their order, comma separated; empty: as the page offers them
    role TINYINT UNSIGNED NULL,                                 -- given to it
    version INT UNSIGNED NOT NULL DEFAULT 1,
    created_at DATETIME(3) NOT NULL,
    changed_at DATETIME(3) NOT NULL,
    KEY saved_view_account (account_id),
    KEY saved_view_role (role)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
