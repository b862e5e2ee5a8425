-- Removes committed entries: acknowledged and deleted in one step. A script and not MULTI, because
-- a Redis that has reached maxmemory refuses to queue commands in MULTI, and then the queue could
-- not be worked off.
-- KEYS: stream. ARGV: group, ids. Answers how many were pending.
local pending = redis.call('XACK', KEYS[1], ARGV[1], unpack(ARGV, 2))
redis.call('XDEL', KEYS[1], unpack(ARGV, 2))
return pending
