CREATE TABLE IF NOT EXISTS events (
  project_id LowCardinality(String),
  name LowCardinality(String),
  event_time DateTime64(3, 'UTC') CODEC(Delta(8), ZSTD(1)),
  receive_time DateTime64(3, 'UTC') CODEC(Delta(8), ZSTD(1)),
  user_number UInt32 CODEC(ZSTD(1)),
  event_id String CODEC(ZSTD(1)),
  event_key UInt64,
  login_id String CODEC(ZSTD(1)),
  anonymous_id String CODEC(ZSTD(1)),
  library LowCardinality(String),
  properties Map(LowCardinality(String), String) CODEC(ZSTD(1)),
  log_id LowCardinality(String),
  log_offset UInt64 CODEC(Delta(8), ZSTD(1)),
  INDEX user_index user_number TYPE bloom_filter(0.01) GRANULARITY 1,
  INDEX property_index mapKeys(properties) TYPE bloom_filter(0.01) GRANULARITY 4,
  INDEX receive_index receive_time TYPE minmax GRANULARITY 1
) ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(event_time)
ORDER BY (project_id, name, toDate(event_time), user_number, event_time, event_key)
SETTINGS non_replicated_deduplication_window = 10000
{sharded by intHash64(user_number)};

CREATE TABLE IF NOT EXISTS quarantine (
  project_id LowCardinality(String),
  receive_time DateTime64(3, 'UTC') CODEC(Delta(8), ZSTD(1)),
  dialect LowCardinality(String),
  reason LowCardinality(String),
  detail String CODEC(ZSTD(1)),
  original String COMMENT 'the original bytes in base64' CODEC(ZSTD(3)),
  log_id LowCardinality(String),
  log_offset UInt64 CODEC(Delta(8), ZSTD(1))
) ENGINE = MergeTree
PARTITION BY toYYYYMM(receive_time)
ORDER BY (project_id, receive_time, log_id, log_offset)
SETTINGS non_replicated_deduplication_window = 10000;
