-- Generic cell rate algorithm: one time stamp per key says when the bucket will be full again.
-- KEYS: bucket. ARGV: microseconds one token takes to come back, microseconds an empty bucket takes
-- to fill. Answers 0 when a token was taken, else the microseconds until there is one.
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local full_at = tonumber(redis.call('GET', KEYS[1]) or now)
if full_at < now then
    full_at = now
end
local after = full_at + ARGV[1]
if after - now > tonumber(ARGV[2]) then
    return after - now - ARGV[2]
end
redis.call('SET', KEYS[1], string.format('%.0f', after), 'PX', math.ceil((after - now) / 1000))
return 0
