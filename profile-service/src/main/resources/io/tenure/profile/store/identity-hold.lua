-- Holds back the resolving of records, so that ids can change hands at one place of every log.
--
-- KEYS[1]  the project's identity hash, see identity-resolve.lua
-- ARGV[1]  now, epoch milliseconds
-- ARGV[2]  until when at the latest, epoch milliseconds; '0' to end the hold
-- ARGV[3]  who holds
-- ARGV[..] ids as fields of the hash
-- Returns  {'1', run, granted, owner, places, ...}, for each id its user, '0' for nobody, and the places it would be
--          taken at, a line 'OFFSET LOG' for each log; granted is '0' while somebody else holds;
--          or {'0', run, time, stamp, closed} when the hash may be incomplete and must be restored first.

local key = KEYS[1]
local run = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)')
if redis.call('HGET', key, 'run') ~= run then
  return {'0', run, redis.call('HGET', key, 'time') or '0', redis.call('HGET', key, 'stamp') or '0',
    redis.call('HGET', key, 'closed') or '0'}
end

local holder = redis.call('HGET', key, 'holder')
if ARGV[2] == '0' then
  if holder == ARGV[3] then
    redis.call('HDEL', key, 'holder', 'held')
  end
  return {'1', run, '1'}
end
if holder and holder ~= ARGV[3] and tonumber(redis.call('HGET', key, 'held')) > tonumber(ARGV[1]) then
  return {'1', run, '0'}
end
redis.call('HSET', key, 'holder', ARGV[3], 'held', ARGV[2])
-- A restore under way would put back who had the ids before.
redis.call('HINCRBY', key, 'stamp', 1)

local reply = {'1', run, '1'}
for i = 4, #ARGV do
  local value = redis.call('HGET', key, ARGV[i])
  local history = '\n' .. (redis.call('HGET', key, 'u:' .. ARGV[i]) or '')
  local places = {}
  for at, where in string.gmatch(redis.call('HGET', key, 'logs') or '', '(%d+) %d+ (%S+)\n') do
    local place = at .. ' ' .. where
    if not string.find(history, '\n' .. place .. ' ', 1, true) then
      places[#places + 1] = place .. '\n'
    end
  end
  reply[#reply + 1] = value and string.match(value, '^%d+') or '0'
  reply[#reply + 1] = table.concat(places)
end
return reply
