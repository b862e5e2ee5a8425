-- Sums of a day that tell apart no units: what is drawn day by day over a year is some ten thousand rows, not some million.
-- They are what the sums kept so far add up to.

INSERT INTO rollup (cut, day, metric, unit_id, division, official_id, channel, type, topic, amount)
SELECT 22, day, metric, 0, division, 0, 0, 0, '', SUM(amount) FROM rollup WHERE cut = 1 GROUP BY day, metric, division
ON DUPLICATE KEY UPDATE amount = VALUES(amount);
