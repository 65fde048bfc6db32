CREATE TABLE IF NOT EXISTS identity_decisions (
  project_id String,
  kind LowCardinality(String) COMMENT 'LOGIN or DEVICE',
  id String,
  rule LowCardinality(String),
  log_id String COMMENT 'the log of the record that decided',
  log_offset UInt64,
  user_number UInt32 COMMENT 'whose the id is from then on; 0 for nobody',
  former_user_number UInt32 COMMENT 'whose it was before; 0 for nobody',
  other_id String COMMENT 'the other id of the record',
  event_time DateTime64(3, 'UTC'),
  decide_time DateTime64(3, 'UTC')
) ENGINE = ReplacingMergeTree
ORDER BY (project_id, kind, id, log_id, log_offset)
SETTINGS non_replicated_deduplication_window = 10000;
