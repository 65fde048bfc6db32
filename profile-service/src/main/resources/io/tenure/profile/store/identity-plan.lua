-- Makes room for another plan: no number is given between 'close' and 'open', and what follows reads the
-- plan anew, because the hash counts as incomplete until a restore has put the plan into it.
--
-- KEYS[1]  the project's identity hash, see identity-resolve.lua
-- ARGV[1]  'close' or 'open'
-- ARGV[2]  for 'close': until when at the latest, epoch milliseconds
-- Returns  {'1', run, '1'}; for 'close' {'1', run, '0'} when somebody has a number already, and nothing changed,
--          or {'0', run, time, stamp, closed} when the hash may be incomplete and must be restored first.

local key = KEYS[1]
local run = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)')
if ARGV[1] == 'close' then
  if redis.call('HGET', key, 'run') ~= run then
    return {'0', run, redis.call('HGET', key, 'time') or '0', redis.call('HGET', key, 'stamp') or '0',
      redis.call('HGET', key, 'closed') or '0'}
  end
  if tonumber(redis.call('HGET', key, 'next') or '0') > 0 then
    return {'1', run, '0'}
  end
  redis.call('HSET', key, 'closed', ARGV[2])
else
  redis.call('HDEL', key, 'closed')
end
-- A restore that began before would put the old plan back.
redis.call('HINCRBY', key, 'stamp', 1)
redis.call('HDEL', key, 'run')
return {'1', run, '1'}
