CREATE TABLE IF NOT EXISTS erasure_tombstones (
  project_id String,
  hash String COMMENT 'keyed hash of an id or number of an erased person',
  log_offset Int64 COMMENT 'of an id that had left the person: up to where records of a log are theirs; else -1',
  erase_time DateTime64(3, 'UTC') COMMENT 'records up to this time are theirs',
  erasure_id String,
  highest_number UInt32 COMMENT 'of the project then; new numbers stay above it'
) ENGINE = ReplacingMergeTree
ORDER BY (project_id, hash, log_offset, erasure_id)
SETTINGS non_replicated_deduplication_window = 1000, fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS erasures (
  project_id String,
  id String,
  revision UInt64,
  open UInt8,
  body String COMMENT 'JSON',
  time DateTime64(3, 'UTC')
) ENGINE = ReplacingMergeTree(revision)
ORDER BY (project_id, id)
SETTINGS non_replicated_deduplication_window = 1000;

ALTER TABLE profiles MODIFY SETTING old_parts_lifetime = 60;

ALTER TABLE profile_history MODIFY SETTING old_parts_lifetime = 60;

ALTER TABLE identity_decisions MODIFY SETTING old_parts_lifetime = 60;

ALTER TABLE computed_traits MODIFY SETTING old_parts_lifetime = 60;

ALTER TABLE subject_keys MODIFY SETTING old_parts_lifetime = 60;

ALTER TABLE consents MODIFY SETTING old_parts_lifetime = 60;

ALTER TABLE user_merges MODIFY SETTING old_parts_lifetime = 60;
