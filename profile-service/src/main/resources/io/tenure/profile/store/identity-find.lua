-- Finds user numbers without creating any.
--
-- KEYS[1]  the project's identity hash, see identity-resolve.lua
-- ARGV     ids; a login id is preferred to a device id
-- Returns  {'1', run, number, ...} with '0' for an id nobody has,
--          or {'0', run, time} when the hash may be incomplete and must be restored first.

local key = KEYS[1]
local run = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)')
if redis.call('HGET', key, 'run') ~= run then
  return {'0', run, redis.call('HGET', key, 'time') or '0'}
end

local reply = {'1', run}
for i = 1, #ARGV do
  local value = redis.call('HGET', key, 'l:' .. ARGV[i]) or redis.call('HGET', key, 'd:' .. ARGV[i])
  reply[#reply + 1] = value and string.match(value, '%d+') or '0'
end
return reply
