CREATE TABLE IF NOT EXISTS alerts (
  project_id LowCardinality(String),
  rule_id LowCardinality(String),
  id String,
  user_number UInt32,
  login_id String,
  create_time DateTime64(3, 'UTC'),
  raise_time DateTime64(3, 'UTC'),
  explanation String CODEC(ZSTD(3)),
  batch_id String,
  receiver_ids Array(LowCardinality(String)),
  INDEX raise_time_range raise_time TYPE minmax GRANULARITY 1
) ENGINE = ReplacingMergeTree
ORDER BY (project_id, rule_id, id);

CREATE TABLE IF NOT EXISTS deliveries (
  project_id LowCardinality(String),
  batch_id String,
  receiver_id LowCardinality(String),
  state LowCardinality(String),
  attempts UInt16,
  last_result String,
  update_time DateTime64(3, 'UTC'),
  next_attempt_time DateTime64(3, 'UTC')
) ENGINE = ReplacingMergeTree(attempts)
ORDER BY (project_id, batch_id, receiver_id);
