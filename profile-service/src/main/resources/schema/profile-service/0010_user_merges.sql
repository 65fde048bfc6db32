-- The first two statements are also in event-collector's schema: its views need them, and either service may come first.
CREATE TABLE IF NOT EXISTS user_overrides (
  project_id String,
  old_number UInt32 COMMENT 'as stored with events',
  new_number UInt32 COMMENT 'the user they are about',
  version UInt64,
  deleted UInt8
) ENGINE = ReplacingMergeTree(version, deleted)
ORDER BY (project_id, old_number)
SETTINGS non_replicated_deduplication_window = 1000;

CREATE DICTIONARY IF NOT EXISTS merged_users (
  project_hash UInt64,
  old_number UInt32,
  new_number UInt32
) PRIMARY KEY project_hash, old_number
SOURCE(CLICKHOUSE({credentials} QUERY 'SELECT cityHash64(project_id) AS project_hash, old_number, new_number FROM {database}.user_overrides FINAL'))
LAYOUT(COMPLEX_KEY_HASHED())
LIFETIME(MIN 1 MAX 5);

CREATE VIEW IF NOT EXISTS user_overrides_v1 AS
SELECT project_id, old_number, new_number, version
FROM user_overrides FINAL;

CREATE TABLE IF NOT EXISTS user_merges (
  project_id String,
  id String,
  revision UInt64,
  survivor UInt32,
  absorbed UInt32,
  state LowCardinality(String),
  author String,
  body String COMMENT 'JSON' CODEC(ZSTD(1)),
  time DateTime64(3, 'UTC')
) ENGINE = ReplacingMergeTree(revision)
ORDER BY (project_id, id)
SETTINGS non_replicated_deduplication_window = 1000;

ALTER TABLE profiles
  ADD COLUMN IF NOT EXISTS merged_into UInt32 COMMENT 'the user this one was merged into; 0 for none' AFTER releases,
  ADD COLUMN IF NOT EXISTS other_login_ids Array(String) COMMENT 'login ids of users merged into this one' AFTER merged_into,
  ADD COLUMN IF NOT EXISTS absorbed Map(String, String) COMMENT 'users merged into this one, by number, JSON' AFTER other_login_ids;

CREATE OR REPLACE VIEW profiles_v1 AS
SELECT project_id, user_number, login_id, anonymous_ids, traits,
  first_seen_time, last_seen_time, event_count, update_time
FROM profiles FINAL
WHERE merged_into = 0;
