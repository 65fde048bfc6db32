-- Gives names their types; the first to propose one wins.
-- KEYS[1]: the types of a project. ARGV: a new version; 'together' when one conflict must keep the
-- others from being decided; then for each name: the name, its type, 'planned' or ''.
-- Answers the type that holds for each name.
local answer, fresh, conflict = {}, {}, false
for i = 3, #ARGV, 3 do
  local held = redis.call('HGET', KEYS[1], ARGV[i])
  if not held or (ARGV[i + 2] == 'planned' and held ~= ARGV[i + 1]) then
    fresh[#fresh + 1] = i
    held = ARGV[i + 1]
  elseif held ~= ARGV[i + 1] then
    conflict = true
  end
  answer[#answer + 1] = held
end
if #fresh > 0 and not (conflict and ARGV[2] == 'together') then
  for _, i in ipairs(fresh) do
    redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1])
  end
  redis.call('HSET', KEYS[1], '', ARGV[1])
end
return answer
