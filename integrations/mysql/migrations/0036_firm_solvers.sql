-- Which officials solved matters of which enterprise, by the enterprise's own answer (ticketing/router, R10).
CREATE TABLE firm_solver (
    enterprise_id BIGINT UNSIGNED NOT NULL,
    official_id BIGINT UNSIGNED NOT NULL,
    PRIMARY KEY (enterprise_id, official_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

INSERT INTO firm_solver (enterprise_id, official_id)
SELECT DISTINCT enterprise_id, official_id FROM ticket
WHERE enterprise_id IS NOT NULL AND official_id IS NOT NULL AND survey_solved=1;
