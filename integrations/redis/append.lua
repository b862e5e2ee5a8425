-- Accepts an appeal once per key: adds it to the stream unless the key was accepted before.
-- KEYS: stream, key record. ARGV: lifetime of the record in ms, what to record (ticket number and
-- body hash), then the entry's fields and values.
-- Answers {'fresh', stream id} or {'known', record}; a record is "<stream id> <what was recorded>".
local known = redis.call('GET', KEYS[2])
if known then
    return {'known', known}
end
local id = redis.call('XADD', KEYS[1], '*', unpack(ARGV, 3))
redis.call('SET', KEYS[2], id .. ' ' .. ARGV[2], 'PX', ARGV[1])
return {'fresh', id}
