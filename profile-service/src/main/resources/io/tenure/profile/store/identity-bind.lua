-- The plans that know logins and devices; a part of identity-resolve.lua.

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

-- The answer about a record; last is the offset of the last one it should do for.
local function bound(login, device, link, last)
  local l = login ~= '' and 'l:' .. login or nil
  local d = device ~= '' and 'd:' .. device or nil
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
  if released and last ~= at and ((l and changes(l, tonumber(last))) or (d and changes(d, tonumber(last)))) then
    return '?'
  end
  local owns = (l and owner(l) == number and 2 or 0) + (d and owner(d) == number and 1 or 0)
  local rules = '--'
  if wrote or offset <= seen then
    rules = (l and decided(l) or '-') .. (d and decided(d) or '-')
  end
  return number .. ' ' .. created .. ' ' .. owns .. ' ' .. rules .. took
end
