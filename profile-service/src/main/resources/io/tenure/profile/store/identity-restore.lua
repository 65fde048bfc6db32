-- Puts known users back into the identity hash. Repeating it changes nothing.
--
-- KEYS[1]  the project's identity hash, see identity-resolve.lua
-- ARGV[1]  the life of the server the restore runs for
-- ARGV[2]  '1' for the last call of a restore: marks the hash as complete
-- ARGV[..] number, login id, device id; three for each user, '' for no id
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

for i = 3, #ARGV, 3 do
  local number, login, device = ARGV[i], ARGV[i + 1], ARGV[i + 2]
  local bound = login ~= '' and device ~= ''
  if login ~= '' then
    put('l:' .. login, number, bound)
  end
  if device ~= '' then
    put('d:' .. device, number, bound)
  end
  highest = math.max(highest, tonumber(number))
end

redis.call('HSET', key, 'next', string.format('%.0f', highest))
if ARGV[2] == '1' then
  redis.call('HSET', key, 'run', ARGV[1])
end
return 1
