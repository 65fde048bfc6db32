CREATE TABLE IF NOT EXISTS trait_computations (
  project_id String,
  id String,
  revision UInt64,
  definition_id String,
  open UInt8,
  body String COMMENT 'JSON',
  time DateTime64(3, 'UTC')
) ENGINE = ReplacingMergeTree(revision)
ORDER BY (project_id, id)
SETTINGS non_replicated_deduplication_window = 1000;
