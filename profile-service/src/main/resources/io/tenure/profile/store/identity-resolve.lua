-- Resolves ids to user numbers by the one-to-one plan, creating users and bindings.
-- An id, once it has a number, keeps it; therefore a repeated call gives the same numbers.
--
-- KEYS[1]  the project's identity hash:
--          run    the life of this server in which the hash was last complete
--          time   when an id was last added, epoch milliseconds
--          next   the highest number given
--          l:ID   number of a login id, with a '*' when the login has its device
--          d:ID   number of a device id, with a '*' when the device has its login
-- ARGV[1]  now, epoch milliseconds
-- ARGV[..] login id, device id, '1' to bind; three for each record, '' for no id
-- Returns  {'1', run, number, created, owns device, ...}, three for each record,
--          or {'0', run, time} when the hash may be incomplete and must be restored first.

local key = KEYS[1]
local run = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)')
if redis.call('HGET', key, 'run') ~= run then
  return {'0', run, redis.call('HGET', key, 'time') or '0'}
end

local changed = false

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

local reply = {'1', run}

for i = 2, #ARGV, 3 do
  local login, device, bind = ARGV[i], ARGV[i + 1], ARGV[i + 2] == '1'
  local number, created, owns = nil, '0', false
  if login == '' then
    number = read('d:' .. device)
    if not number then
      number = create()
      created = '1'
      write('d:' .. device, number)
    end
    owns = true
  else
    local hasDevice, other, hasLogin
    number, hasDevice = read('l:' .. login)
    if device ~= '' then
      other, hasLogin = read('d:' .. device)
    end
    local joins = bind and device ~= '' and not hasDevice and not hasLogin and not (number and other)
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
