ALTER TABLE events {sharded by intHash64(user_number)} ADD COLUMN IF NOT EXISTS original_time DateTime64(3, 'UTC') DEFAULT event_time
  COMMENT 'the device time as sent' CODEC(Delta(8), ZSTD(1)) AFTER event_time;

CREATE TABLE IF NOT EXISTS items (
  project_id LowCardinality(String),
  kind LowCardinality(String),
  item_type LowCardinality(String),
  item_id String CODEC(ZSTD(1)),
  event_time DateTime64(3, 'UTC'),
  receive_time DateTime64(3, 'UTC'),
  deleted UInt8,
  login_id String CODEC(ZSTD(1)),
  anonymous_id String CODEC(ZSTD(1)),
  library LowCardinality(String),
  properties Map(LowCardinality(String), String) CODEC(ZSTD(1)),
  log_id LowCardinality(String),
  log_offset UInt64,
  version UInt128 MATERIALIZED bitOr(bitShiftLeft(toUInt128(toUnixTimestamp64Milli(event_time)), 64), toUInt128(log_offset))
) ENGINE = ReplacingMergeTree(version)
ORDER BY (project_id, kind, item_type, item_id)
SETTINGS non_replicated_deduplication_window = 10000;

CREATE VIEW IF NOT EXISTS items_v1 AS
SELECT project_id, kind, item_type, item_id, event_time, receive_time, login_id, anonymous_id, library, properties,
  log_id, log_offset
FROM items FINAL
WHERE deleted = 0;
