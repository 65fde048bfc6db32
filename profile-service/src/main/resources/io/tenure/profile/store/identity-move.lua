-- Gives ids to another user and ends the hold under which that was prepared. What the logs were resolved up to keeps
-- the user it got.
--
-- KEYS[1]  the project's identity hash, see identity-resolve.lua
-- ARGV[1]  now, epoch milliseconds
-- ARGV[2]  who holds, see identity-hold.lua
-- ARGV[3]  the user who has the ids
-- ARGV[4]  the user who gets them
-- ARGV[..] ids as fields of the hash; one that somebody else has stays where it is
-- Returns  {'1', run, moved}, moved is '0' and nothing changed when the hold has ended;
--          or {'0', run, time, stamp, closed} when the hash may be incomplete and must be restored first.

local key = KEYS[1]
local run = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)')
if redis.call('HGET', key, 'run') ~= run then
  return {'0', run, redis.call('HGET', key, 'time') or '0', redis.call('HGET', key, 'stamp') or '0',
    redis.call('HGET', key, 'closed') or '0'}
end
if redis.call('HGET', key, 'holder') ~= ARGV[2] or tonumber(redis.call('HGET', key, 'held')) <= tonumber(ARGV[1]) then
  return {'1', run, '0'}
end

-- By the plan ID_MAPPING each user's ids are listed in the order they joined.
local function list(number, text, joins)
  local texts = {}
  for _, one in ipairs(cjson.decode(redis.call('HGET', key, 'v:' .. number) or '[]')) do
    if one ~= text then
      texts[#texts + 1] = one
    end
  end
  if joins then
    texts[#texts + 1] = text
  end
  if #texts > 0 then
    redis.call('HSET', key, 'v:' .. number, cjson.encode(texts))
  else
    redis.call('HDEL', key, 'v:' .. number)
  end
end

local logs = redis.call('HGET', key, 'logs') or ''
for i = 5, #ARGV do
  local field = ARGV[i]
  local owner, rest = string.match(redis.call('HGET', key, field) or '', '^(%d+)(.*)$')
  if owner == ARGV[3] then
    local history = redis.call('HGET', key, 'u:' .. field) or ''
    local lines = {history}
    for at, where in string.gmatch(logs, '(%d+) %d+ (%S+)\n') do
      local place = at .. ' ' .. where .. ' '
      if not string.find('\n' .. history, '\n' .. place, 1, true) then
        lines[#lines + 1] = place .. owner .. '\n'
      end
    end
    redis.call('HSET', key, 'u:' .. field, table.concat(lines), field, ARGV[4] .. rest)
    redis.call('HSET', key, 'released', '1', 'time', ARGV[1])
    if string.sub(field, 1, 2) == 'i:' then
      list(ARGV[3], string.sub(field, 3), false)
      list(ARGV[4], string.sub(field, 3), true)
    end
  end
end
redis.call('HINCRBY', key, 'stamp', 1)
redis.call('HDEL', key, 'holder', 'held')
return {'1', run, '1'}
