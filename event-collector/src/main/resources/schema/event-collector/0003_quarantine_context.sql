ALTER TABLE quarantine
  ADD COLUMN IF NOT EXISTS event_name String COMMENT 'as sent; empty when unknown' CODEC(ZSTD(1)) AFTER detail,
  ADD COLUMN IF NOT EXISTS library LowCardinality(String) COMMENT 'the SDK; empty when unknown' AFTER event_name,
  ADD COLUMN IF NOT EXISTS context String DEFAULT '{}' COMMENT 'how it reached us, JSON' CODEC(ZSTD(1)) AFTER original,
  ADD COLUMN IF NOT EXISTS shared String DEFAULT '{}' COMMENT 'what its body said about all its records, JSON' CODEC(ZSTD(3)) AFTER context;

CREATE TABLE IF NOT EXISTS quarantine_states (
  project_id LowCardinality(String),
  log_id LowCardinality(String),
  log_offset UInt64,
  state LowCardinality(String),
  operation_id String,
  event_id String COMMENT 'the event it became; empty unless replayed',
  author String,
  time DateTime64(3, 'UTC')
) ENGINE = MergeTree
ORDER BY (project_id, log_id, log_offset, time)
SETTINGS non_replicated_deduplication_window = 1000;

CREATE TABLE IF NOT EXISTS quarantine_replays (
  project_id LowCardinality(String),
  id String,
  revision UInt32,
  body String CODEC(ZSTD(1)),
  time DateTime64(3, 'UTC')
) ENGINE = MergeTree
ORDER BY (project_id, id, revision)
SETTINGS non_replicated_deduplication_window = 1000;
