-- The plan ID_MAPPING; a part of identity-resolve.lua.
--
-- A record is about the user of its id of the highest priority, the lead. When nobody has the lead, it joins the
-- user of the next id that somebody has, if there is room for it; else it is a new user. Then the other ids join
-- that user where there is room. So, after a record, its lead always is its user's, and that is all a repeated
-- record has to ask for.

local LOGIN, ANONYMOUS = '$identity_login_id', '$identity_anonymous_id'

-- A place many users share, such as a phone in a shop, must not grow for ever.
local MOST_NOTES = 8

local mapping = plan == 'ID_MAPPING'
local keys, ranks = {}, {}
if mapping then
  keys = cjson.decode(redis.call('HGET', key, 'keys') or '[]')
  for rank, declared in ipairs(keys) do
    ranks[declared.name] = rank
  end
end

local lists = {}

-- The ids of a user, the first to join first.
local function held(number)
  local list = lists[number]
  if not list then
    list = cjson.decode(get('v:' .. number) or '[]')
    lists[number] = list
  end
  return list
end

local function hold(number)
  local list = held(number)
  if #list > 0 then
    write('v:' .. number, cjson.encode(list))
  else
    redis.call('HDEL', key, 'v:' .. number)
    values['v:' .. number] = false
  end
end

local function keyOf(text)
  return string.match(text, '^[^:]+')
end

local function keyed(name, value, turn)
  local text = name .. ':' .. value
  return {name = name, text = text, field = 'i:' .. text, rank = ranks[name] or #keys + 1, turn = turn}
end

-- The ids of a record whose keys are declared, by priority. Only in the moment the plan is chosen may none be; then
-- the record is about its login, else its device, as if that were the last key.
local function declared(login, device, from, count)
  local ids = {}
  local function add(name, value)
    if value ~= '' and ranks[name] then
      ids[#ids + 1] = keyed(name, value, #ids)
    end
  end
  if count == 0 then
    add(LOGIN, login)
    add(ANONYMOUS, device)
  end
  for i = from, from + 2 * count - 2, 2 do
    add(ARGV[i], ARGV[i + 1])
  end
  if #ids == 0 then
    ids[1] = login ~= '' and keyed(LOGIN, login, 0) or keyed(ANONYMOUS, device, 0)
  end
  table.sort(ids, function(a, b)
    return a.rank < b.rank or (a.rank == b.rank and a.turn < b.turn)
  end)
  return ids
end

local function join(id, number, rule)
  write(id.field, number .. mark(rule))
  local list = held(number)
  list[#list + 1] = id.text
  hold(number)
end

local function hasKey(number, name)
  for _, text in ipairs(held(number)) do
    if keyOf(text) == name then
      return true
    end
  end
  return false
end

-- Takes an id from its user, and with the last one of a key the ids of the keys below it, but none of the record's.
local function leave(text, number, rule, record, losses)
  local list = held(number)
  for i, one in ipairs(list) do
    if one == text then
      table.remove(list, i)
      break
    end
  end
  hold(number)
  redis.call('HDEL', key, 'i:' .. text)
  values['i:' .. text] = false
  take('i:' .. text, number)
  losses[#losses + 1] = {text, rule, number}
  local name = keyOf(text)
  if hasKey(number, name) then
    return
  end
  for _, below in ipairs(keys) do
    if below.parent == name then
      local orphans = {}
      for _, one in ipairs(held(number)) do
        if keyOf(one) == below.name and not record[one] then
          orphans[#orphans + 1] = one
        end
      end
      for _, one in ipairs(orphans) do
        leave(one, number, 'W', record, losses)
      end
    end
  end
end

-- Whether the user may have the id, once perhaps the oldest of the key has left.
local function room(id, number, record, losses)
  local limit = keys[id.rank]
  local count, oldest = 0, nil
  for _, text in ipairs(held(number)) do
    if keyOf(text) == id.name then
      count = count + 1
      oldest = oldest or (not record[text] and text) or nil
    end
  end
  if count < limit.cap then
    return true
  end
  if limit.replace and oldest then
    leave(oldest, number, 'O', record, losses)
    return true
  end
  return false
end

-- Remembers that a record about the number left the id with its owner, '0' for nobody; once for each two of them.
local function note(id, from, number)
  local lines = get('x:' .. id.text) or ''
  local start = from .. ' ' .. number .. ' '
  local _, count = string.gsub(lines, '\n', '')
  if count < MOST_NOTES and not string.find('\n' .. lines, '\n' .. start, 1, true) then
    write('x:' .. id.text, lines .. start .. reference .. ' ' .. at .. '\n')
  end
end

-- The parent of an id in the record, when it is the user's.
local function hasParent(id, ids, number)
  local limit = keys[id.rank]
  for _, other in ipairs(ids) do
    if other.name == limit.parent and owner(other.field) == number then
      return true
    end
  end
  return false
end

local function settle(ids, record, losses)
  local lead = ids[1]
  local number, created = owner(lead.field), '0'
  if not number then
    for i = 2, #ids do
      number = number or owner(ids[i].field)
    end
    if number and room(lead, number, record, losses) then
      join(lead, number, 'J')
    else
      number, created = create(), '1'
      join(lead, number, 'N')
    end
  end
  for i = 2, #ids do
    local id = ids[i]
    local from = owner(id.field)
    if not from then
      if room(id, number, record, losses) then
        join(id, number, 'J')
      else
        note(id, '0', number)
      end
    elseif from ~= number then
      if hasParent(id, ids, number) and room(id, number, record, losses) then
        leave(id.text, from, 'P', record, losses)
        join(id, number, 'P')
      else
        note(id, from, number)
      end
    end
  end
  return number, created
end

-- What this very record decided about an id, as the answer has it.
local function ruling(id)
  local rule = decided(id.field)
  if rule ~= '-' then
    return {id.text, rule, owner(id.field), '0'}
  end
  for from, number, where, there in string.gmatch(get('x:' .. id.text) or '', '(%d+) (%d+) (%d+) (%d+)\n') do
    if where == reference and there == at then
      return {id.text, from == '0' and 'R' or 'C', from, number}
    end
  end
  return nil
end

-- The answer about a record.
local function map(ids, unbinds)
  local lead = ids[1]
  local record, losses = {}, {}
  for _, id in ipairs(ids) do
    record[id.text] = true
  end
  local former = past(lead.field)
  local number, created = former or owner(lead.field), '0'
  local again = former ~= nil or offset <= seen
  if not number and (again or unbinds) then
    number, created = create(), '1'
    join(lead, number, 'N')
  end
  local diary = 't:' .. reference .. ' ' .. at
  if again then
    losses = released and cjson.decode(get(diary) or '[]') or losses
  else
    if unbinds then
      leave(lead.text, number, 'U', {}, losses)
    else
      number, created = settle(ids, record, losses)
    end
    if #losses > 0 then
      write(diary, cjson.encode(losses))
    end
  end
  local ruled = {}
  if wrote or again then
    for _, id in ipairs(ids) do
      ruled[#ruled + 1] = ruling(id)
    end
  end
  local answer = number .. ' ' .. created .. ' ='
  if #ruled == 0 and #losses == 0 then
    return answer
  end
  local lost = {}
  for i, loss in ipairs(losses) do
    lost[i] = {loss[1], loss[2], loss[3], string.match(taking('i:' .. loss[1], loss[3]), '^ %d+ (.*)$')}
  end
  return answer .. ' '
    .. cjson.encode({lead = lead.text, second = ids[2] and ids[2].text or '', ruled = ruled, lost = lost})
end
