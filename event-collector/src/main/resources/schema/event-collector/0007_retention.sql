CREATE TABLE IF NOT EXISTS expired_events (
  project_id LowCardinality(String),
  log_id LowCardinality(String),
  block UInt32 COMMENT 'offsets by 16777216, so that no set grows without end',
  offsets AggregateFunction(groupBitmap, UInt64) COMMENT 'of events that were stored and are too old now'
) ENGINE = AggregatingMergeTree
ORDER BY (project_id, log_id, block);

ALTER TABLE quarantine_states MODIFY SETTING old_parts_lifetime = 60;
