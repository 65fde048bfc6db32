-- Counts an attempt under KEYS[1] in a window of ARGV[1] milliseconds.
-- Returns 0 while there are at most ARGV[2], else the milliseconds until the window ends.
local count = redis.call('INCR', KEYS[1])
if count == 1 then
  redis.call('PEXPIRE', KEYS[1], ARGV[1])
end
if count <= tonumber(ARGV[2]) then
  return 0
end
return math.max(redis.call('PTTL', KEYS[1]), 1)
