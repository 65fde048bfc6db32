-- Adds to the counts of a day. KEYS[1]: counts by property; KEYS[2]: the first day that was ever counted.
-- ARGV: the day, seconds to keep it, how many properties it may have, then property and count in turn.
redis.call('SETNX', KEYS[2], ARGV[1])
local room = tonumber(ARGV[3]) - redis.call('HLEN', KEYS[1])
for i = 4, #ARGV, 2 do
  local known = redis.call('HEXISTS', KEYS[1], ARGV[i]) == 1
  if known or room > 0 then
    redis.call('HINCRBY', KEYS[1], ARGV[i], ARGV[i + 1])
    if not known then room = room - 1 end
  end
end
return redis.call('EXPIRE', KEYS[1], ARGV[2])
