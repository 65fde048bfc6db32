-- Takes the ids of erased people out of the identity hash. Repeating it changes nothing.
--
-- KEYS[1]  the project's identity hash, see identity-resolve.lua
-- ARGV[1]  'erase', or 'count' to change nothing
-- ARGV[2]  their numbers, by blanks
-- ARGV[3]  how many ids follow, each as l:ID, d:ID or i:KEY:VALUE
-- ARGV[..] these, then ids that had left them, as 'OFFSET LOG l:ID'
-- Returns  how many fields there were.

local key = KEYS[1]
local erasing = ARGV[1] == 'erase'
local numbers, found = {}, 0

local function remove(field)
  if redis.call('HEXISTS', key, field) == 1 then
    found = found + 1
    if erasing then
      redis.call('HDEL', key, field)
    end
  end
end

-- What is left of the lines 'OFFSET LOG NUMBER' without the erased people's.
local function others(history)
  local lines = {}
  for line, number in string.gmatch(history, '(%d+ %S+ (%d+)\n)') do
    if not numbers[number] then
      lines[#lines + 1] = line
    end
  end
  return table.concat(lines)
end

local function forget(field)
  local value = redis.call('HGET', key, field)
  local owner = value and string.match(value, '^%d+')
  if owner and numbers[owner] then
    remove(field)
    owner = nil
  end
  local history = redis.call('HGET', key, 'u:' .. field)
  if history then
    local rest = others(history)
    if rest == '' then
      remove('u:' .. field)
    elseif rest ~= history then
      found = found + 1
      if erasing then
        redis.call('HSET', key, 'u:' .. field, rest)
      end
    end
  end
  if not owner and string.sub(field, 1, 2) == 'i:' then
    remove('x:' .. string.sub(field, 3))
  end
end

for number in string.gmatch(ARGV[2], '%d+') do
  numbers[number] = true
  remove('f:' .. number)
  remove('v:' .. number)
end
local ids = tonumber(ARGV[3])
for i = 4, 3 + ids do
  forget(ARGV[i])
end
for i = 4 + ids, #ARGV do
  local at, log, field = string.match(ARGV[i], '^(%d+) (%S+) (.*)$')
  forget(field)
  remove('t:' .. log .. ' ' .. at)
end
-- A restore that read the ids before would put them back.
if erasing and redis.call('EXISTS', key) == 1 then
  redis.call('HINCRBY', key, 'stamp', 1)
end
return found
