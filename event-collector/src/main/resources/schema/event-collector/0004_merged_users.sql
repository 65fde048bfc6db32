-- profile-service owns what the first two statements make; they are here because the views of events need them, and either
-- service may come first.
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
