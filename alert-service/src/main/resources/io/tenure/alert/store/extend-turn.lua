-- Keeps the turn KEYS[1] for ARGV[2] more milliseconds if it still belongs to ARGV[1].
if redis.call('GET', KEYS[1]) == ARGV[1] then
  return redis.call('PEXPIRE', KEYS[1], ARGV[2])
end
return 0
