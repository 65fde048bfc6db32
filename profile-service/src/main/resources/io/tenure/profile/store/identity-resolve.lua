-- Resolves ids to user numbers by the project's plan, creating users and bindings.
-- An id, once it has a number, keeps it until a record takes it away; where that happened is kept,
-- so a repeated call gives the same numbers.
--
-- KEYS[1]  the project's identity hash:
--          run    the life of this server in which the hash was last complete
--          plan   DEVICE_ONLY, ONE_TO_ONE or MANY_TO_ONE; ONE_TO_ONE when it is missing
--          stamp  counts what makes a restore under way worthless, see identity-plan.lua
--          closed no number is given before this time, epoch milliseconds
--          time   when an id was last added, epoch milliseconds
--          next   the highest number given
--          logs   lines 'OFFSET TIME LOG': how far each log is resolved
--          log:LOG   a short number for the log; references is the highest one
--          l:ID   number of a login id, with a '*' when the login has a device
--          d:ID   number of a device id, with a '*' when the device has its login; both followed by
--                 '@LOG OFFSET RULE', the record that decided it, with the short number of its log
--          u:l:ID, u:d:ID   lines 'OFFSET LOG NUMBER': up to where records of a log belong to the user
--                 the id was taken from; one line for the log of the record that took it, one for each other
--          f:NUMBER   'OFFSET LOG': where the user lost its device and may get another
--          released   present when there is any u: field
-- ARGV[1]  now, epoch milliseconds
-- ARGV[2]  the log
-- ARGV[3]  the offset up to which the log is resolved after this call
-- ARGV[..] five for each record: login id, device id, '' for none; '1' to bind or '2' to unbind; offset; and
--          the offset of the last record with the same ids for which the answer should do too
-- Returns  {'1', run, answer, ...}, one answer for each record: 'NUMBER CREATED OWNS RULES', with CREATED 1
--          for a new user; OWNS 1 when the device is the user's, 2 when the login is, 3 for both; RULES two
--          letters, how this very record decided the login and the device, '-' for it did not.
--          ' NUMBER PLACES' follows when it took an id from that user, with a line 'OFFSET LOG' for each
--          log, its own first; or '?' when the last record with the same ids may be about somebody else;
--          or {'0', run, time, stamp, closed} when the hash may be incomplete and must be restored first.

local key = KEYS[1]
local now = tonumber(ARGV[1])
local log = ARGV[2]
local run = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)')
if redis.call('HGET', key, 'run') ~= run then
  return {'0', run, redis.call('HGET', key, 'time') or '0', redis.call('HGET', key, 'stamp') or '0',
    redis.call('HGET', key, 'closed') or '0'}
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

local function unbind(field, isDevice)
  local number = past(field)
  if number then
    return number, '0'
  end
  local bound, created
  number, bound = read(field)
  created = '0'
  if not number then
    number = create()
    created = '1'
  end
  redis.call('HDEL', key, field)
  values[field] = false
  take(field, number)
  if bound and isDevice then
    write('f:' .. number, place())
  end
  return number, created
end

-- A record without a login id, or with one that does not count.
local function resolveOne(field)
  local number = past(field)
  if number then
    return number, '0'
  end
  number = owner(field)
  if number then
    return number, '0'
  end
  number = create()
  write(field, number .. mark('N'))
  return number, '1'
end

local function resolveBoth(l, d, binds)
  local number = past(l)
  if number then
    return number, '0'
  end
  local hasDevice, loginRest, other, hasLogin, deviceRest
  if not binds then
    number = owner(l)
    if number then
      return number, '0'
    end
  end
  number, hasDevice, loginRest = read(l)
  local free = false
  if d and not past(d) then
    other, hasLogin, deviceRest = read(d)
    free = binds and offset > seen and not hasLogin
  end
  hasDevice = hasDevice and not (binds and freed(number))
  local joins = free and (many or not hasDevice) and not (number and other)
  local moves = free and many and number and other and number ~= other
  local known, created, rule = number, '0', 'N'
  if not number then
    if joins and other then
      number, rule = other, 'H'
    else
      number, created = create(), '1'
      rule = joins and 'B' or (binds and hasLogin and 'D' or 'N')
    end
    loginRest = mark(rule)
  end
  if joins or moves then
    write(l, number .. '*' .. loginRest)
    if moves then
      take(d, other)
      deviceRest = mark('M')
    elseif not other then
      deviceRest = mark(known and 'L' or 'B')
    end
    write(d, number .. '*' .. deviceRest)
    if released then
      redis.call('HDEL', key, 'f:' .. number)
    end
  elseif not known then
    write(l, number .. loginRest)
  end
  return number, created
end

local reply = {'1', run}

for i = 4, #ARGV, 5 do
  local l = ARGV[i] ~= '' and 'l:' .. ARGV[i] or nil
  local d = ARGV[i + 1] ~= '' and 'd:' .. ARGV[i + 1] or nil
  local link = ARGV[i + 2]
  at, wrote = ARGV[i + 3], false
  offset = tonumber(at)
  local number, created, took = nil, '0', ''
  if deviceOnly and d then
    l = nil
  end
  if link == '2' then
    number, created = unbind(l or d, not l)
    took = taking(l or d, number)
  elseif not l then
    number, created = resolveOne(d)
  else
    number, created = resolveBoth(l, d, link == '1')
    if link == '1' and d then
      local from = taken(d)
      took = from and taking(d, from) or ''
    end
  end
  local owns = (l and owner(l) == number and 2 or 0) + (d and owner(d) == number and 1 or 0)
  local rules = '--'
  if wrote or offset <= seen then
    rules = (l and decided(l) or '-') .. (d and decided(d) or '-')
  end
  local answer = number .. ' ' .. created .. ' ' .. owns .. ' ' .. rules .. took
  if released and ARGV[i + 4] ~= at then
    local last = tonumber(ARGV[i + 4])
    if (l and changes(l, last)) or (d and changes(d, last)) then
      answer = '?'
    end
  end
  reply[#reply + 1] = answer
end

if tonumber(ARGV[3]) > seen then
  local lines = {ARGV[3] .. ' ' .. ARGV[1] .. ' ' .. log .. '\n'}
  for _, other in ipairs(others) do
    lines[#lines + 1] = other.at .. ' ' .. other.time .. ' ' .. other.log .. '\n'
  end
  redis.call('HSET', key, 'logs', table.concat(lines))
end
if changed then
  redis.call('HSET', key, 'time', ARGV[1])
end
return reply
