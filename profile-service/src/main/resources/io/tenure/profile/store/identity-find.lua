-- Finds user numbers without creating any.
--
-- KEYS[1]  the project's identity hash, see identity-resolve.lua
-- ARGV[1]  'l:' or 'd:' to look among login or device ids only; '' prefers a login id to a device id
-- ARGV[..] ids
-- Returns  {'1', run, number, ...} with '0' for an id nobody has,
--          or {'0', run, time, stamp, closed} when the hash may be incomplete and must be restored first.

local key = KEYS[1]
local run = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)')
if redis.call('HGET', key, 'run') ~= run then
  return {'0', run, redis.call('HGET', key, 'time') or '0', redis.call('HGET', key, 'stamp') or '0',
    redis.call('HGET', key, 'closed') or '0'}
end

local kind = ARGV[1]
local reply = {'1', run}
for i = 2, #ARGV do
  local value
  if kind == '' then
    value = redis.call('HGET', key, 'l:' .. ARGV[i]) or redis.call('HGET', key, 'd:' .. ARGV[i])
  else
    value = redis.call('HGET', key, kind .. ARGV[i])
  end
  reply[#reply + 1] = value and string.match(value, '%d+') or '0'
end
return reply
