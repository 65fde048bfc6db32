CREATE TABLE IF NOT EXISTS profiles (
  project_id String,
  user_number UInt32,
  login_id String,
  anonymous_ids Array(String),
  traits Map(String, String),
  first_seen_time DateTime64(3, 'UTC'),
  last_seen_time DateTime64(3, 'UTC'),
  event_count UInt64,
  update_time DateTime64(3, 'UTC'),
  watermarks Map(String, UInt64),
  revision UInt64
) ENGINE = ReplacingMergeTree(revision)
ORDER BY (project_id, user_number)
SETTINGS non_replicated_deduplication_window = 10000;

CREATE VIEW IF NOT EXISTS profiles_v1 AS
SELECT project_id, user_number, login_id, anonymous_ids, traits,
  first_seen_time, last_seen_time, event_count, update_time
FROM profiles FINAL;
