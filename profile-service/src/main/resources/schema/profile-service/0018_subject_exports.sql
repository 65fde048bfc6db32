CREATE TABLE IF NOT EXISTS subject_exports (
  project_id String,
  id String,
  revision UInt64,
  state LowCardinality(String),
  user_numbers Array(UInt32) COMMENT 'all numbers of the person; emptied when the person is erased',
  author String COMMENT 'who asked',
  create_time DateTime64(3, 'UTC'),
  update_time DateTime64(3, 'UTC'),
  counts Map(String, UInt64) COMMENT 'records by section, once it is complete',
  size UInt64 COMMENT 'bytes handed over'
) ENGINE = ReplacingMergeTree(revision)
ORDER BY (project_id, id)
SETTINGS non_replicated_deduplication_window = 1000, old_parts_lifetime = 60;
