-- Keeps variants where nothing is kept yet: the first wins.
--
-- KEYS     the units' hashes, see kept-find.lua
-- ARGV[1]  life of a hash in seconds
-- ARGV[..] by threes: number of the hash, key of the split, value
-- Returns  for each of these the value that is kept now.

local kept = {}
for index = 2, #ARGV, 3 do
  local key, split, value = KEYS[tonumber(ARGV[index])], ARGV[index + 1], ARGV[index + 2]
  if redis.call('HSETNX', key, split, value) == 0 then
    value = redis.call('HGET', key, split)
  end
  redis.call('EXPIRE', key, ARGV[1])
  kept[#kept + 1] = value
end
return kept
