-- The project's hash as a call sees and changes it; the beginning of identity-resolve.lua.

local key = KEYS[1]
local now = tonumber(ARGV[1])
local log = ARGV[2]
local run = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)')
if redis.call('HGET', key, 'run') ~= run then
  return {'0', run, redis.call('HGET', key, 'time') or '0', redis.call('HGET', key, 'stamp') or '0',
    redis.call('HGET', key, 'closed') or '0'}
end

if tonumber(redis.call('HGET', key, 'held') or '0') > now then
  return {'2', run}
end

-- A log that was silent for this long has nothing left to repeat: 30 days in milliseconds.
local SILENCE = 2592000000

local plan = redis.call('HGET', key, 'plan') or 'ONE_TO_ONE'
local deviceOnly = plan == 'DEVICE_ONLY'
local many = plan == 'MANY_TO_ONE'
local changed = false
local released = redis.call('HEXISTS', key, 'released') == 1

local reference = redis.call('HGET', key, 'log:' .. log)
if not reference then
  reference = string.format('%.0f', redis.call('HINCRBY', key, 'references', 1))
  redis.call('HSET', key, 'log:' .. log, reference)
end

-- A record at or below this offset was resolved before and must bind and take nothing now.
local seen = -1
local others = {}
for at, time, where in string.gmatch(redis.call('HGET', key, 'logs') or '', '(%d+) (%d+) (%S+)\n') do
  if where == log then
    seen = tonumber(at)
  elseif now - tonumber(time) <= SILENCE then
    others[#others + 1] = {at = at, time = time, log = where}
  end
end

-- The record at hand: its place in the log, the same as text, and whether it wrote anything.
local offset, at, wrote

local values = {}

local function get(field)
  local value = values[field]
  if value == nil then
    value = redis.call('HGET', key, field)
    values[field] = value
  end
  return value
end

local function write(field, value)
  redis.call('HSET', key, field, value)
  values[field] = value
  changed, wrote = true, true
end

local function place()
  return at .. ' ' .. log
end

-- What an id ends with when the record at hand decided whose it is.
local function mark(rule)
  return '@' .. reference .. ' ' .. at .. ' ' .. rule
end

local function owner(field)
  local value = get(field)
  return value and string.match(value, '^%d+') or nil
end

-- The number, whether it is bound, and what follows.
local function read(field)
  local value = get(field)
  if not value then
    return nil, false, ''
  end
  local number, bound, rest = string.match(value, '^(%d+)(%*?)(.*)$')
  return number, bound == '*', rest
end

-- Whose the id was at this record, when it was taken away there or later.
local function past(field)
  if not released then
    return nil
  end
  local history = get('u:' .. field)
  if not history then
    return nil
  end
  local first, owner
  for at, where, number in string.gmatch(history, '(%d+) (%S+) (%d+)\n') do
    at = tonumber(at)
    if where == log and at >= offset and (not first or at < first) then
      first, owner = at, number
    end
  end
  return owner
end

-- Whether the id was taken away between this record and the last one with the same ids.
local function changes(field, last)
  local history = released and get('u:' .. field)
  if not history then
    return false
  end
  for at, where in string.gmatch(history, '(%d+) (%S+) %d+\n') do
    at = tonumber(at)
    if where == log and at >= offset and at < last then
      return true
    end
  end
  return false
end

-- Whether the user lost its device before this record.
local function freed(number)
  if not released then
    return false
  end
  local value = redis.call('HGET', key, 'f:' .. number)
  if not value then
    return false
  end
  local at, where = string.match(value, '^(%d+) (.*)$')
  return where ~= log or tonumber(at) < offset
end

local function create()
  local number = redis.call('HINCRBY', key, 'next', 1)
  if number > 4294967295 then
    redis.call('HINCRBY', key, 'next', -1)
    error('user numbers are exhausted')
  end
  return string.format('%.0f', number)
end

-- How this very record decided whose the id is.
local function decided(field)
  local value = get(field)
  local prefix = mark('')
  if value and string.sub(value, -#prefix - 1, -2) == prefix then
    return string.sub(value, -1)
  end
  return '-'
end

-- What other logs were resolved up to here keeps the user it got; when the id was taken before with a log
-- at the same place, that user is the one from then.
local function take(field, number)
  local history = get('u:' .. field) or ''
  local lines = {history, place(), ' ', number, '\n'}
  for _, other in ipairs(others) do
    local where = other.at .. ' ' .. other.log .. ' '
    if not string.find('\n' .. history, '\n' .. where, 1, true) then
      lines[#lines + 1] = where .. number .. '\n'
    end
  end
  write('u:' .. field, table.concat(lines))
  write('released', '1')
  released = true
end

-- Whom this very record took the id from.
local function taken(field)
  local history = released and get('u:' .. field)
  if not history then
    return nil
  end
  for at, where, number in string.gmatch(history, '(%d+) (%S+) (%d+)\n') do
    if where == log and tonumber(at) == offset then
      return number
    end
  end
  return nil
end

-- ' NUMBER PLACES' of the answer.
local function taking(field, number)
  local places = {' ', number, ' ', place(), '\n'}
  for there, where, former in string.gmatch(get('u:' .. field), '(%d+) (%S+) (%d+)\n') do
    if former == number and (where ~= log or tonumber(there) ~= offset) then
      places[#places + 1] = there .. ' ' .. where .. '\n'
    end
  end
  return table.concat(places)
end
