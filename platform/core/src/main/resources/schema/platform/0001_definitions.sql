CREATE TABLE IF NOT EXISTS definitions (
  project_id LowCardinality(String),
  kind LowCardinality(String),
  id String,
  revision UInt64,
  body String CODEC(ZSTD(3)),
  deleted UInt8,
  author String,
  nonce String,
  time DateTime64(3, 'UTC')
) ENGINE = MergeTree
ORDER BY (project_id, kind, id, revision)
SETTINGS non_replicated_deduplication_window = 10000;
