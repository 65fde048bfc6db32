-- Puts known users back into the identity hash. Repeating it changes nothing.
--
-- KEYS[1]  the project's identity hash, see identity-resolve.lua
-- ARGV[1]  the life of the server the restore runs for
-- ARGV[2]  the stamp the hash had when the restore began
-- ARGV[3]  now, epoch milliseconds
-- ARGV[4]  the plan for the last call of a restore, which marks the hash as complete; '' before
-- ARGV[5]  how many logs follow, each as log and offset: how far the known users reach
-- ARGV[..] for each user: number, login id ('' for none), how many device ids, these, how many ids were
--          taken from it, and each of these as 'OFFSET LOG l:ID' or 'OFFSET LOG d:ID'
-- Returns  1, or 0 when the server restarted or the plan changed since the restore began.

local key = KEYS[1]
if string.match(redis.call('INFO', 'server'), 'run_id:(%w+)') ~= ARGV[1]
    or (redis.call('HGET', key, 'stamp') or '0') ~= ARGV[2] then
  return 0
end

local highest = tonumber(redis.call('HGET', key, 'next') or '0')

local function put(field, number, bound)
  local value = redis.call('HGET', key, field)
  local known, star, rest = string.match(value or '', '^(%d+)(%*?)(.*)$')
  if known ~= number then
    star, rest = '', ''
  end
  if known ~= number or (bound and star == '') then
    redis.call('HSET', key, field, number .. ((bound or star == '*') and '*' or '') .. rest)
  end
end

local function release(text, number, owned, devices)
  local at, log, field = string.match(text, '^(%d+) (%S+) (.*)$')
  local history = redis.call('HGET', key, 'u:' .. field) or ''
  local entry = at .. ' ' .. log .. ' ' .. number .. '\n'
  if not string.find('\n' .. history, '\n' .. entry, 1, true) then
    redis.call('HSET', key, 'u:' .. field, history .. entry)
  end
  redis.call('HSET', key, 'released', '1')
  if not owned[field] then
    local value = redis.call('HGET', key, field)
    if value and string.match(value, '%d+') == number then
      redis.call('HDEL', key, field)
    end
  end
  if string.sub(field, 1, 2) == 'd:' and devices == 0 then
    redis.call('HSET', key, 'f:' .. number, at .. ' ' .. log)
  end
end

local i = 6
local reached = {}
for _ = 1, tonumber(ARGV[5]) do
  reached[ARGV[i]] = tonumber(ARGV[i + 1])
  i = i + 2
end

while i <= #ARGV do
  local number, login, devices = ARGV[i], ARGV[i + 1], tonumber(ARGV[i + 2])
  local firstRelease = i + 3 + devices + 1
  local releases = tonumber(ARGV[firstRelease - 1])
  local owned, hadLogin = {}, login ~= ''
  for j = firstRelease, firstRelease + releases - 1 do
    hadLogin = hadLogin or string.find(ARGV[j], '^%d+ %S+ l:') ~= nil
  end
  if login ~= '' then
    put('l:' .. login, number, devices > 0)
    owned['l:' .. login] = true
  end
  for j = i + 3, i + 2 + devices do
    put('d:' .. ARGV[j], number, hadLogin)
    owned['d:' .. ARGV[j]] = true
  end
  for j = firstRelease, firstRelease + releases - 1 do
    release(ARGV[j], number, owned, devices)
  end
  if login ~= '' and devices > 0 then
    redis.call('HDEL', key, 'f:' .. number)
  end
  highest = math.max(highest, tonumber(number))
  i = firstRelease + releases
end

redis.call('HSET', key, 'next', string.format('%.0f', highest))
if ARGV[4] ~= '' then
  local lines = {}
  for at, time, where in string.gmatch(redis.call('HGET', key, 'logs') or '', '(%d+) (%d+) (%S+)\n') do
    local known = reached[where]
    if known and known > tonumber(at) then
      at = string.format('%.0f', known)
    end
    reached[where] = nil
    lines[#lines + 1] = at .. ' ' .. time .. ' ' .. where .. '\n'
  end
  for where, at in pairs(reached) do
    lines[#lines + 1] = string.format('%.0f', at) .. ' ' .. ARGV[3] .. ' ' .. where .. '\n'
  end
  if #lines > 0 then
    redis.call('HSET', key, 'logs', table.concat(lines))
  end
  redis.call('HSET', key, 'plan', ARGV[4])
  redis.call('HSET', key, 'run', ARGV[1])
end
return 1
