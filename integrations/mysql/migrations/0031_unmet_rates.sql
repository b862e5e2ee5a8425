-- In which rates a ticket has a case that did not make the numerator (bit n: rate n), so that the few among many are
-- found without their facts. All bits: not known yet, the facts tell.
ALTER TABLE kpi_source ADD COLUMN unmet BIGINT UNSIGNED NOT NULL DEFAULT 18446744073709551615;
