-- Replaces parts of a profile if it is still the one that was read. Traits, counters and log
-- watermarks live in one hash, so they change together or not at all.
--
-- KEYS[1]  the profile
-- ARGV[1]  the revision that was read; '0' for none
-- ARGV[2]  how many fields to remove
-- ARGV[..] the fields to remove, then name and value of each field to set
-- Returns  1, or 0 when the profile has another revision and stays as it is.

local key = KEYS[1]
if (redis.call('HGET', key, 'revision') or '0') ~= ARGV[1] then
  return 0
end

local removals = tonumber(ARGV[2])
for i = 3, removals + 2 do
  redis.call('HDEL', key, ARGV[i])
end
for i = removals + 3, #ARGV, 1000 do
  redis.call('HSET', key, unpack(ARGV, i, math.min(i + 999, #ARGV)))
end
return 1
