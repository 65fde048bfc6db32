ALTER TABLE profiles
  ADD INDEX IF NOT EXISTS login_index login_id TYPE bloom_filter(0.01) GRANULARITY 1,
  ADD INDEX IF NOT EXISTS device_index anonymous_ids TYPE bloom_filter(0.01) GRANULARITY 1;
