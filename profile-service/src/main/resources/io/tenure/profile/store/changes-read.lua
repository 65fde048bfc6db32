-- Reads changes after a place, or finds the place behind the last one.
--
-- KEYS[1]  the project's stream of changes; an entry has one field, user numbers by blanks
-- ARGV[1]  life (run_id) of the server the place is from; '' asks for the end
-- ARGV[2]  id of the last entry that was read
-- ARGV[3]  how many entries to read at most
-- Returns  {'1', run, id, numbers, ...}, or the end as {'1', run, last id},
--          or {'0', run} when the entry of the place is gone, and so may be others after it.

local key = KEYS[1]
local run = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)')

if ARGV[1] == '' then
  -- A place is the id of an entry, so there must be one.
  if redis.call('EXISTS', key) == 0 then
    redis.call('XADD', key, '*', 'users', '')
  end
  return {'1', run, redis.call('XREVRANGE', key, '+', '-', 'COUNT', 1)[1][1]}
end
local place = ARGV[2]
if ARGV[1] ~= run or #redis.call('XRANGE', key, place, place) == 0 then
  return {'0', run}
end

local reply = {'1', run}
for _, entry in ipairs(redis.call('XRANGE', key, '(' .. place, '+', 'COUNT', ARGV[3])) do
  reply[#reply + 1] = entry[1]
  reply[#reply + 1] = entry[2][2]
end
return reply
