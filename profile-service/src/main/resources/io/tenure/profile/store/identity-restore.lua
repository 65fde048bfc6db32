-- Puts known users back into the identity hash. Repeating it changes nothing.
--
-- KEYS[1]  the project's identity hash, see identity-resolve.lua
-- ARGV[1]  the life of the server the restore runs for
-- ARGV[2]  '1' for the last call of a restore: marks the hash as complete
-- ARGV[..] for each user: number, login id, device id ('' for no id), how many ids were taken from it,
--          and each of these as 'OFFSET LOG l:ID' or 'OFFSET LOG d:ID'
-- Returns  1, or 0 when the server restarted since the restore began.

local key = KEYS[1]
if string.match(redis.call('INFO', 'server'), 'run_id:(%w+)') ~= ARGV[1] then
  return 0
end

local highest = tonumber(redis.call('HGET', key, 'next') or '0')

local function put(field, number, bound)
  local value = redis.call('HGET', key, field)
  if bound or not value or string.match(value, '%d+') ~= number then
    redis.call('HSET', key, field, bound and number .. '*' or number)
  end
end

local function release(text, number, login, device)
  local at, log, field = string.match(text, '^(%d+) (%S+) (.*)$')
  local history = redis.call('HGET', key, 'u:' .. field) or ''
  local entry = at .. ' ' .. log .. ' ' .. number .. '\n'
  if not string.find('\n' .. history, '\n' .. entry, 1, true) then
    redis.call('HSET', key, 'u:' .. field, history .. entry)
  end
  redis.call('HSET', key, 'released', '1')
  if field ~= 'l:' .. login and field ~= 'd:' .. device then
    local value = redis.call('HGET', key, field)
    if value and string.match(value, '%d+') == number then
      redis.call('HDEL', key, field)
    end
  end
  if string.sub(field, 1, 2) == 'd:' and device == '' then
    redis.call('HSET', key, 'f:' .. number, at .. ' ' .. log)
  end
end

local i = 3
while i <= #ARGV do
  local number, login, device, releases = ARGV[i], ARGV[i + 1], ARGV[i + 2], tonumber(ARGV[i + 3])
  local bound = login ~= '' and device ~= ''
  if login ~= '' then
    put('l:' .. login, number, bound)
  end
  if device ~= '' then
    put('d:' .. device, number, bound)
  end
  for j = i + 4, i + 3 + releases do
    release(ARGV[j], number, login, device)
  end
  if bound then
    redis.call('HDEL', key, 'f:' .. number)
  end
  highest = math.max(highest, tonumber(number))
  i = i + 4 + releases
end

redis.call('HSET', key, 'next', string.format('%.0f', highest))
if ARGV[2] == '1' then
  redis.call('HSET', key, 'run', ARGV[1])
end
return 1
