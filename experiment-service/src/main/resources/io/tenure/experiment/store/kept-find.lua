-- Reads what is kept for units.
--
-- KEYS     the units' hashes: key of a split -> 'VERSION TIME VARIANT', see RedisKeptVariants
-- ARGV[1]  life of a hash in seconds
-- ARGV[2]  a hash with fewer seconds left begins its life anew; 0 for none
-- Returns  for each hash its fields and values by turns.

local life, least = ARGV[1], tonumber(ARGV[2])
local found = {}
for index, key in ipairs(KEYS) do
  found[index] = redis.call('HGETALL', key)
  if #found[index] > 0 and redis.call('TTL', key) < least then
    redis.call('EXPIRE', key, life)
  end
end
return found
