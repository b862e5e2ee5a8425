-- Puts an entry that is pending with nobody back at the end of the stream, as a new entry.
-- KEYS: stream. ARGV: group, id. Answers 1, or 0 when it is gone or pending by now. Two servers
-- that find the same orphan make one new entry of it.
if #redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[2], ARGV[2], 1) > 0 then
    return 0
end
local found = redis.call('XRANGE', KEYS[1], ARGV[2], ARGV[2])
if #found == 0 then
    return 0
end
redis.call('XADD', KEYS[1], '*', unpack(found[1][2]))
redis.call('XDEL', KEYS[1], ARGV[2])
return 1
