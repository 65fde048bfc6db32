CREATE TABLE IF NOT EXISTS retention_runs (
  project_id String,
  id String,
  revision UInt64,
  open UInt8,
  body String COMMENT 'JSON',
  time DateTime64(3, 'UTC')
) ENGINE = ReplacingMergeTree(revision)
ORDER BY (project_id, id)
SETTINGS non_replicated_deduplication_window = 1000;

CREATE TABLE IF NOT EXISTS retention_marks (
  project_id String,
  time DateTime64(3, 'UTC'),
  watermarks Map(String, UInt64) COMMENT 'by log, the highest offset applied to any profile by then',
  highest_number UInt32 COMMENT 'of the project by then; new numbers stay above it'
) ENGINE = ReplacingMergeTree
ORDER BY (project_id, time);

CREATE TABLE IF NOT EXISTS expiring_users (
  run_id String,
  project_id String,
  part LowCardinality(String) COMMENT 'what of them: PROFILE, ALL_TRAITS or PERSONAL_TRAITS',
  user_number UInt32,
  time DateTime('UTC') DEFAULT now()
) ENGINE = ReplacingMergeTree
ORDER BY (run_id, project_id, part, user_number)
TTL time + INTERVAL 30 DAY;
