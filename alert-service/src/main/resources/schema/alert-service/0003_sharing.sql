CREATE TABLE IF NOT EXISTS withheld_alerts (
  project_id LowCardinality(String),
  alert_id String,
  receiver_id LowCardinality(String),
  user_number UInt32,
  reason LowCardinality(String),
  attempts UInt16,
  withhold_time DateTime64(3, 'UTC')
) ENGINE = ReplacingMergeTree
ORDER BY (project_id, alert_id, receiver_id)
SETTINGS old_parts_lifetime = 60;
