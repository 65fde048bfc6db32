CREATE TABLE IF NOT EXISTS computed_traits (
  project_id String,
  definition_id String COMMENT 'the computed trait that says how',
  user_number UInt32,
  trait String,
  value String COMMENT 'JSON text; null when there is no value any more',
  as_of_time DateTime64(3, 'UTC') COMMENT 'the value holds from here on until the next row',
  log_offset UInt64 COMMENT 'position in the log computed-traits of the project',
  computation_id String
) ENGINE = ReplacingMergeTree
ORDER BY (project_id, definition_id, user_number, trait, log_offset)
SETTINGS non_replicated_deduplication_window = 10000;

CREATE VIEW IF NOT EXISTS computed_traits_v1 AS
SELECT project_id, definition_id, user_number, trait, value, as_of_time, log_offset
FROM computed_traits FINAL;
