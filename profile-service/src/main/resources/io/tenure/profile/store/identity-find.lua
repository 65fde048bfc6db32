-- Finds user numbers without creating any.
--
-- KEYS[1]  the project's identity hash, see identity-resolve.lua
-- ARGV[1]  'l:', 'd:' or 'i:' to look among login ids, device ids or KEY:VALUE only; '' prefers a login id to a
--          device id, and by the plan ID_MAPPING understands 'identity:KEY:VALUE'
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
local login, device = 'l:', 'd:'
local mapping = redis.call('HGET', key, 'plan') == 'ID_MAPPING'
if mapping then
  login, device = 'i:$identity_login_id:', 'i:$identity_anonymous_id:'
end
local kinds = {['l:'] = login, ['d:'] = device, ['i:'] = 'i:'}

local reply = {'1', run}
for i = 2, #ARGV do
  local value
  if kind ~= '' then
    value = redis.call('HGET', key, kinds[kind] .. ARGV[i])
  elseif mapping and string.sub(ARGV[i], 1, 9) == 'identity:' then
    value = redis.call('HGET', key, 'i:' .. string.sub(ARGV[i], 10))
  else
    value = redis.call('HGET', key, login .. ARGV[i]) or redis.call('HGET', key, device .. ARGV[i])
  end
  reply[#reply + 1] = value and string.match(value, '%d+') or '0'
end
return reply
