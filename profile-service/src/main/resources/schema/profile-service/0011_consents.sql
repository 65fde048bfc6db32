CREATE TABLE IF NOT EXISTS consents (
  project_id String,
  user_number UInt32 COMMENT 'the user who had the id when it was written down; 0 for nobody',
  kind LowCardinality(String) COMMENT 'LOGIN or DEVICE',
  id String CODEC(ZSTD(1)),
  purpose LowCardinality(String),
  state LowCardinality(String),
  text_version String CODEC(ZSTD(1)),
  effective_time DateTime64(3, 'UTC') CODEC(ZSTD(1)),
  record_time DateTime64(3, 'UTC') CODEC(ZSTD(1)),
  source LowCardinality(String),
  author String CODEC(ZSTD(1)),
  origin String COMMENT 'the request, or the log and offset, it came by' CODEC(ZSTD(1)),
  INDEX record_index record_time TYPE minmax GRANULARITY 1,
  INDEX origin_index origin TYPE bloom_filter(0.01) GRANULARITY 4,
  INDEX id_index id TYPE bloom_filter(0.01) GRANULARITY 4
) ENGINE = ReplacingMergeTree
ORDER BY (project_id, user_number, kind, id, purpose, effective_time, origin)
SETTINGS non_replicated_deduplication_window = 10000;
