-- Resolves ids to user numbers by the one-to-one plan, creating users and bindings.
-- An id, once it has a number, keeps it until a record takes it away; where that happened is kept,
-- so a repeated call gives the same numbers.
--
-- KEYS[1]  the project's identity hash:
--          run    the life of this server in which the hash was last complete
--          time   when an id was last added, epoch milliseconds
--          next   the highest number given
--          l:ID   number of a login id, with a '*' when the login has its device
--          d:ID   number of a device id, with a '*' when the device has its login
--          u:l:ID, u:d:ID   lines 'OFFSET LOG NUMBER': where the id was taken from which user
--          f:NUMBER   'OFFSET LOG': where the user lost its device and may get another
--          released   present when there is any u: field
-- ARGV[1]  now, epoch milliseconds
-- ARGV[2]  the log
-- ARGV[..] login id, device id, '1' to bind or '2' to unbind, offset; four for each record, '' for no id
-- Returns  {'1', run, number, created, owns device, ...}, three for each record; created is '1' for
--          a new user and '2' when the id was taken from the user since;
--          or {'0', run, time} when the hash may be incomplete and must be restored first.

local key = KEYS[1]
local log = ARGV[2]
local run = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)')
if redis.call('HGET', key, 'run') ~= run then
  return {'0', run, redis.call('HGET', key, 'time') or '0'}
end

local changed = false
local released = redis.call('HEXISTS', key, 'released') == 1

local function read(field)
  local value = redis.call('HGET', key, field)
  if not value then
    return nil, false
  end
  if string.sub(value, -1) == '*' then
    return string.sub(value, 1, -2), true
  end
  return value, false
end

-- Whose the id was at this place of the log, when it was taken away there or later.
local function past(field, offset)
  if not released then
    return nil
  end
  local history = redis.call('HGET', key, 'u:' .. field)
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

-- Whether the user lost its device before this place of the log.
local function freed(number, offset)
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

local function write(field, value)
  redis.call('HSET', key, field, value)
  changed = true
end

local function create()
  local number = redis.call('HINCRBY', key, 'next', 1)
  if number > 4294967295 then
    redis.call('HINCRBY', key, 'next', -1)
    error('user numbers are exhausted')
  end
  return string.format('%.0f', number)
end

local function unbind(field, isDevice, offset)
  local number = past(field, offset)
  if number then
    return number, '2'
  end
  local bound
  number, bound = read(field)
  local created = '2'
  if not number then
    number = create()
    created = '1'
  end
  redis.call('HDEL', key, field)
  local place = string.format('%.0f', offset) .. ' ' .. log
  local history = redis.call('HGET', key, 'u:' .. field) or ''
  write('u:' .. field, history .. place .. ' ' .. number .. '\n')
  write('released', '1')
  released = true
  if bound and isDevice then
    write('f:' .. number, place)
  end
  return number, created
end

local reply = {'1', run}

for i = 3, #ARGV, 4 do
  local login, device, link, offset = ARGV[i], ARGV[i + 1], ARGV[i + 2], tonumber(ARGV[i + 3])
  local number, created, owns = nil, '0', false
  if link == '2' then
    if login ~= '' then
      number, created = unbind('l:' .. login, false, offset)
    else
      number, created = unbind('d:' .. device, true, offset)
    end
  elseif login == '' then
    number = past('d:' .. device, offset)
    if number then
      created = '2'
    else
      number = read('d:' .. device)
      if not number then
        number = create()
        created = '1'
        write('d:' .. device, number)
      end
      owns = true
    end
  else
    local hasDevice, other, hasLogin, formerDevice
    number = past('l:' .. login, offset)
    if number then
      created = '2'
    else
      number, hasDevice = read('l:' .. login)
      hasDevice = hasDevice and not (link == '1' and freed(number, offset))
    end
    if device ~= '' then
      formerDevice = past('d:' .. device, offset)
      if not formerDevice then
        other, hasLogin = read('d:' .. device)
      end
    end
    local joins = link == '1' and device ~= '' and created ~= '2' and not formerDevice
      and not hasDevice and not hasLogin and not (number and other)
    local known = number
    if not number then
      if joins and other then
        number = other
      else
        number = create()
        created = '1'
      end
    end
    if joins then
      write('l:' .. login, number .. '*')
      write('d:' .. device, number .. '*')
      if released then
        redis.call('HDEL', key, 'f:' .. number)
      end
      owns = true
    else
      if not known then
        write('l:' .. login, number)
      end
      owns = other == number
    end
  end
  reply[#reply + 1] = number
  reply[#reply + 1] = created
  reply[#reply + 1] = owns and '1' or '0'
end

if changed then
  redis.call('HSET', key, 'time', ARGV[1])
end
return reply
