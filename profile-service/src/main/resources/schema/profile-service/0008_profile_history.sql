CREATE TABLE IF NOT EXISTS profile_history (
  project_id String,
  user_number UInt32,
  quarter DateTime('UTC') COMMENT 'start of the quarter of an hour in which this state was the last one',
  login_id String CODEC(ZSTD(1)),
  anonymous_ids Array(String) CODEC(ZSTD(1)),
  traits Map(String, String) CODEC(ZSTD(1)),
  first_seen_time DateTime64(3, 'UTC') CODEC(ZSTD(1)),
  last_seen_time DateTime64(3, 'UTC') CODEC(ZSTD(1)),
  event_count UInt64 CODEC(ZSTD(1)),
  update_time DateTime64(3, 'UTC') CODEC(ZSTD(1)),
  revision UInt64 CODEC(ZSTD(1))
) ENGINE = ReplacingMergeTree(revision)
PARTITION BY toYYYYMM(quarter)
ORDER BY (project_id, user_number, quarter)
TTL quarter + INTERVAL 25 MONTH
SETTINGS ttl_only_drop_parts = 1, non_replicated_deduplication_window = 10000;

CREATE MATERIALIZED VIEW IF NOT EXISTS profile_history_writer TO profile_history AS
SELECT project_id, user_number, toStartOfFifteenMinutes(toDateTime(update_time, 'UTC')) AS quarter, login_id, anonymous_ids,
  traits, first_seen_time, last_seen_time, event_count, update_time, revision
FROM profiles;

INSERT INTO profile_history
SELECT project_id, user_number, toStartOfFifteenMinutes(toDateTime(update_time, 'UTC')) AS quarter, login_id, anonymous_ids,
  traits, first_seen_time, last_seen_time, event_count, update_time, revision
FROM profiles FINAL;
