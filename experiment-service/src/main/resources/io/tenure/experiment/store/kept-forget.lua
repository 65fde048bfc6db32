-- Takes what was dealt before a time out of units' hashes. Repeating it changes nothing.
--
-- KEYS     the units' hashes, see kept-find.lua
-- ARGV[1]  the time in milliseconds
-- Returns  how much was taken out.

local before, forgotten = tonumber(ARGV[1]), 0
for _, key in ipairs(KEYS) do
  local all = redis.call('HGETALL', key)
  for index = 1, #all, 2 do
    if tonumber(string.match(all[index + 1], '^%S+ (%S+)')) < before then
      redis.call('HDEL', key, all[index])
      forgotten = forgotten + 1
    end
  end
end
return forgotten
