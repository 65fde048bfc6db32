-- Puts known users back into the identity hash. Repeating it changes nothing.
--
-- KEYS[1]  the project's identity hash, see identity-resolve.lua
-- ARGV[1]  the life of the server the restore runs for
-- ARGV[2]  the stamp the hash had when the restore began
-- ARGV[3]  now, epoch milliseconds
-- ARGV[4]  the plan for the last call of a restore, which marks the hash as complete; '' before
-- ARGV[5]  the keys of the plan, as the hash has them; '' for none
-- ARGV[6]  how many logs follow, each as log and offset: how far the known users reach
-- ARGV[..] for each user: number, login id ('' for none), how many device ids, these, how many ids under keys of
--          their own, these as KEY:VALUE, how many ids were taken from it, and each of these as 'OFFSET LOG l:ID',
--          'OFFSET LOG d:ID' or 'OFFSET LOG i:KEY:VALUE'. Login and devices only show some of the ids under keys
--          when there are any
-- Returns  1, or 0 when the server restarted or the plan changed since the restore began.

local key = KEYS[1]
if string.match(redis.call('INFO', 'server'), 'run_id:(%w+)') ~= ARGV[1]
    or (redis.call('HGET', key, 'stamp') or '0') ~= ARGV[2] then
  return 0
end

local highest = tonumber(redis.call('HGET', key, 'next') or '0')

-- The hash may be ahead of the durable state: a batch was resolved and its profiles are not written yet.
-- Whether the hash knows that the id was taken from the user and the user's durable state does not yet: then
-- what the hash says of the id is the newer.
local released = redis.call('HEXISTS', key, 'released') == 1
local function isAhead(field, number, known)
  if not released then
    return false
  end
  for at, log, owner in string.gmatch(redis.call('HGET', key, 'u:' .. field) or '', '(%d+) (%S+) (%d+)\n') do
    if owner == number and not known[at .. ' ' .. log .. ' ' .. field] then
      return true
    end
  end
  return false
end

-- Returns whether the hash is ahead.
local function put(field, number, bound, known)
  if isAhead(field, number, known) then
    return true
  end
  local value = redis.call('HGET', key, field)
  local owner, star, rest = string.match(value or '', '^(%d+)(%*?)(.*)$')
  if owner ~= number then
    star, rest = '', ''
  end
  if owner ~= number or (bound and star == '') then
    redis.call('HSET', key, field, number .. ((bound or star == '*') and '*' or '') .. rest)
  end
  return false
end

-- The ids of a user in the order they joined: what both know in the order of whoever is ahead.
local function hold(number, first, last, known)
  local durable, ahead = {}, false
  for j = first, last do
    ahead = put('i:' .. ARGV[j], number, false, known) or ahead
    durable[#durable + 1] = ARGV[j]
  end
  local hash = cjson.decode(redis.call('HGET', key, 'v:' .. number) or '[]')
  local list, listed = {}, {}
  for _, texts in ipairs(ahead and {hash, durable} or {durable, hash}) do
    for _, text in ipairs(texts) do
      local value = redis.call('HGET', key, 'i:' .. text)
      if not listed[text] and value and string.match(value, '%d+') == number then
        listed[text] = true
        list[#list + 1] = text
      end
    end
  end
  if #list > 0 then
    redis.call('HSET', key, 'v:' .. number, cjson.encode(list))
  else
    redis.call('HDEL', key, 'v:' .. number)
  end
end

local function release(text, number, owned, devices)
  local at, log, field = string.match(text, '^(%d+) (%S+) (.*)$')
  local history = redis.call('HGET', key, 'u:' .. field) or ''
  local entry = at .. ' ' .. log .. ' ' .. number .. '\n'
  if string.find('\n' .. history, '\n' .. entry, 1, true) then
    -- What came after it the hash knows as well.
    return
  end
  redis.call('HSET', key, 'u:' .. field, history .. entry)
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

local i = 7
local reached = {}
for _ = 1, tonumber(ARGV[6]) do
  reached[ARGV[i]] = tonumber(ARGV[i + 1])
  i = i + 2
end

while i <= #ARGV do
  local number, login, devices = ARGV[i], ARGV[i + 1], tonumber(ARGV[i + 2])
  local firstKeyed = i + 3 + devices + 1
  local keyed = tonumber(ARGV[firstKeyed - 1])
  local firstRelease = firstKeyed + keyed + 1
  local releases = tonumber(ARGV[firstRelease - 1])
  local owned, known, hadLogin = {}, {}, login ~= ''
  for j = firstRelease, firstRelease + releases - 1 do
    hadLogin = hadLogin or string.find(ARGV[j], '^%d+ %S+ l:') ~= nil
    known[ARGV[j]] = true
  end
  if keyed > 0 then
    login, devices = '', 0
  end
  if login ~= '' then
    put('l:' .. login, number, devices > 0, known)
    owned['l:' .. login] = true
  end
  for j = i + 3, i + 2 + devices do
    put('d:' .. ARGV[j], number, hadLogin, known)
    owned['d:' .. ARGV[j]] = true
  end
  for j = firstKeyed, firstKeyed + keyed - 1 do
    owned['i:' .. ARGV[j]] = true
  end
  for j = firstRelease, firstRelease + releases - 1 do
    release(ARGV[j], number, owned, devices)
  end
  if login ~= '' and devices > 0 then
    redis.call('HDEL', key, 'f:' .. number)
  end
  hold(number, firstKeyed, firstKeyed + keyed - 1, known)
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
  if ARGV[5] ~= '' then
    redis.call('HSET', key, 'keys', ARGV[5])
  end
  redis.call('HSET', key, 'run', ARGV[1])
end
return 1
