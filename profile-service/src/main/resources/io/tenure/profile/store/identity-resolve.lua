-- Resolves ids to user numbers by the project's plan, creating users and bindings.
-- An id, once it has a number, keeps it until a record takes it away; where that happened is kept,
-- so a repeated call gives the same numbers.
--
-- Runs behind identity-state.lua, identity-bind.lua and identity-map.lua as one script.
--
-- KEYS[1]  the project's identity hash:
--          run    the life of this server in which the hash was last complete
--          plan   DEVICE_ONLY, ONE_TO_ONE, MANY_TO_ONE or ID_MAPPING; ONE_TO_ONE when it is missing
--          keys   by ID_MAPPING the declared keys as JSON, the highest priority first, each with name, cap, replace
--                 (whether the oldest makes room) and parent ('' for none)
--          stamp  counts what makes a restore under way worthless, see identity-plan.lua
--          closed no number is given before this time, epoch milliseconds
--          held   nothing is resolved before this time, while ids change hands, see identity-hold.lua; holder: who holds
--          time   when an id was last added, epoch milliseconds
--          next   the highest number given
--          logs   lines 'OFFSET TIME LOG': how far each log is resolved
--          log:LOG   a short number for the log; references is the highest one
--          l:ID   number of a login id, with a '*' when the login has a device
--          d:ID   number of a device id, with a '*' when the device has its login; both followed by
--                 '@LOG OFFSET RULE', the record that decided it, with the short number of its log
--          i:KEY:VALUE   by ID_MAPPING instead of l: and d:, with the same content but the '*'
--          u:l:ID, u:d:ID, u:i:KEY:VALUE   lines 'OFFSET LOG NUMBER': up to where records of a log belong to the user
--                 the id was taken from; one line for the log of the record that took it, one for each other
--          f:NUMBER   'OFFSET LOG': where the user lost its device and may get another
--          released   present when there is any u: field
--          and by ID_MAPPING
--          v:NUMBER   the user's ids as a JSON list of KEY:VALUE, the first to join first
--          x:KEY:VALUE   lines 'OWNER USER LOG OFFSET': records about USER that left the id as it was, with the
--                 short number of the log; OWNER is 0 when nobody has it
--          t:LOG OFFSET   what left its user by a record, as JSON list of [KEY:VALUE, RULE, NUMBER]
-- ARGV[1]  now, epoch milliseconds
-- ARGV[2]  the log
-- ARGV[3]  the offset up to which the log is resolved after this call
-- ARGV[..] five for each record: login id, device id, '' for none; '1' to bind or '2' to unbind, else '0',
--          followed by ':COUNT' when the record has ids under keys of their own; offset; and the offset of the
--          last record with the same ids for which the answer should do too. Then COUNT times key and value
-- Returns  {'1', run, answer, ...}, one answer for each record: 'NUMBER CREATED OWNS RULES', with CREATED 1
--          for a new user; OWNS 1 when the device is the user's, 2 when the login is, 3 for both; RULES two
--          letters, how this very record decided the login and the device, '-' for it did not.
--          ' NUMBER PLACES' follows when it took an id from that user, with a line 'OFFSET LOG' for each
--          log, its own first; or '?' when the last record with the same ids may be about somebody else.
--          By ID_MAPPING each answer is 'NUMBER CREATED =', followed by ' JSON' when the record decided anything:
--          lead, second, ruled as [KEY:VALUE, RULE, OWNER, USER] and lost as [KEY:VALUE, RULE, NUMBER, PLACES];
--          or the only answer is 'EACH' and nothing was done, because an answer should do for several records;
--          or {'0', run, time, stamp, closed} when the hash may be incomplete and must be restored first, or {'2', run}
--          while ids change hands.

local reply = {'1', run}

-- How many ids under keys of their own follow a record.
local function following(i)
  return #ARGV[i + 2] > 1 and tonumber(string.sub(ARGV[i + 2], 3)) or 0
end

local i = 4
while mapping and i <= #ARGV do
  if ARGV[i + 3] ~= ARGV[i + 4] then
    return {'1', run, 'EACH'}
  end
  i = i + 5 + 2 * following(i)
end

i = 4
while i <= #ARGV do
  local link, count = string.sub(ARGV[i + 2], 1, 1), following(i)
  at, wrote = ARGV[i + 3], false
  offset = tonumber(at)
  if mapping then
    reply[#reply + 1] = map(declared(ARGV[i], ARGV[i + 1], i + 5, count), link == '2')
  else
    reply[#reply + 1] = bound(ARGV[i], ARGV[i + 1], link, ARGV[i + 4])
  end
  i = i + 5 + 2 * count
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
