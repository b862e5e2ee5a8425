-- Which chunks have a token at all: a rare word is found without a look at every chunk.

CREATE TABLE search_span (
    span INT UNSIGNED NOT NULL,      -- search_posting.chunk / 64
    token BIGINT UNSIGNED NOT NULL,  -- ticketing/search_tokens.hpp
    chunks BIGINT UNSIGNED NOT NULL, -- the bit chunk % 64 for each that has a row of the token
    PRIMARY KEY (span, token)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

INSERT INTO search_span (span, token, chunks)
SELECT chunk DIV 64, token, BIT_OR(1 << (chunk % 64)) FROM search_posting GROUP BY 1, 2;
