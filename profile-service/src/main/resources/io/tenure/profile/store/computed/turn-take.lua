-- Takes the turn to compute traits of a project.
--
-- KEYS[1]  who has the turn
-- KEYS[2]  number of the last turn
-- ARGV[1]  who takes it
-- ARGV[2]  how long it lasts, milliseconds
-- ARGV[3]  a number known to be used
-- Returns  the number of the turn, or 0 while somebody else has it.

if not redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then
  return 0
end
local number = math.max(tonumber(redis.call('GET', KEYS[2]) or '0'), tonumber(ARGV[3])) + 1
redis.call('SET', KEYS[2], string.format('%.0f', number))
return number
