-- Keeps a turn for another while, or ends it.
--
-- KEYS[1]  who has the turn
-- ARGV[1]  who wants to keep it
-- ARGV[2]  for how long, milliseconds; 0 ends it
-- Returns  1, or 0 when somebody else has it.

if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return 0
end
if ARGV[2] == '0' then
  redis.call('DEL', KEYS[1])
else
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
end
return 1
