-- Sums that tell apart one thing only, by month and by year: a year of all units is some thousand rows, not some
-- hundred thousand. They are what the sums kept so far add up to.

INSERT INTO rollup (cut, day, metric, unit_id, division, official_id, channel, type, topic, amount)
SELECT 6, day, metric, unit_id, '', 0, 0, 0, '', SUM(amount) FROM rollup WHERE cut = 2 GROUP BY day, metric, unit_id;

INSERT INTO rollup (cut, day, metric, unit_id, division, official_id, channel, type, topic, amount)
SELECT 7, day, metric, unit_id, '', 0, 0, 0, '', SUM(amount) FROM rollup WHERE cut = 3 GROUP BY day, metric, unit_id;

INSERT INTO rollup (cut, day, metric, unit_id, division, official_id, channel, type, topic, amount)
SELECT 8, day, metric, 0, division, 0, 0, 0, '', SUM(amount) FROM rollup WHERE cut = 2 GROUP BY day, metric, division;

INSERT INTO rollup (cut, day, metric, unit_id, division, official_id, channel, type, topic, amount)
SELECT 9, day, metric, 0, division, 0, 0, 0, '', SUM(amount) FROM rollup WHERE cut = 3 GROUP BY day, metric, division;

INSERT INTO rollup (cut, day, metric, unit_id, division, official_id, channel, type, topic, amount)
SELECT 10, DATE_SUB(day, INTERVAL DAYOFMONTH(day) - 1 DAY) AS first, metric, unit_id, '', official_id, 0, 0, '', SUM(amount)
FROM rollup WHERE cut = 4 GROUP BY first, metric, unit_id, official_id;

INSERT INTO rollup (cut, day, metric, unit_id, division, official_id, channel, type, topic, amount)
SELECT 11, MAKEDATE(YEAR(day), 1) AS first, metric, unit_id, '', official_id, 0, 0, '', SUM(amount)
FROM rollup WHERE cut = 4 GROUP BY first, metric, unit_id, official_id;

INSERT INTO rollup (cut, day, metric, unit_id, division, official_id, channel, type, topic, amount)
SELECT 12, DATE_SUB(day, INTERVAL DAYOFMONTH(day) - 1 DAY) AS first, metric, 0, '', 0, channel, type, topic, SUM(amount)
FROM rollup WHERE cut = 5 GROUP BY first, metric, channel, type, topic;

INSERT INTO rollup (cut, day, metric, unit_id, division, official_id, channel, type, topic, amount)
SELECT 13, MAKEDATE(YEAR(day), 1) AS first, metric, 0, '', 0, channel, type, topic, SUM(amount)
FROM rollup WHERE cut = 5 GROUP BY first, metric, channel, type, topic;
