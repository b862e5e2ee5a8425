-- What the books of a call platform have told of a time that is over, held against our records (integrations/telephony, T41 to T44).
CREATE TABLE call_detail_list (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    source VARCHAR(40) COLLATE utf8mb4_bin NOT NULL,
    from_at DATETIME(3) NOT NULL,
    until_at DATETIME(3) NOT NULL,
    told_at DATETIME(3) NOT NULL,
    told INT UNSIGNED NOT NULL,                    -- calls in it
    UNIQUE KEY call_detail_list_time (source, from_at, until_at),
    KEY call_detail_list_until (until_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE call_detail_difference (
    list_id BIGINT UNSIGNED NOT NULL,
    call_id VARCHAR(80) COLLATE utf8mb4_bin NOT NULL,
    kind TINYINT UNSIGNED NOT NULL,
    ours_ms INT UNSIGNED NULL,                     -- of talk; NULL: not answered, or not known
    theirs_ms INT UNSIGNED NULL,
    PRIMARY KEY (list_id, call_id),
    CONSTRAINT call_detail_difference_list FOREIGN KEY (list_id) REFERENCES call_detail_list (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
