-- Rows of a file that is being written; dropped as soon as it is.
CREATE TABLE IF NOT EXISTS exported_rows (
  export_id String,
  position UInt32,
  content String COMMENT 'JSON',
  write_time DateTime DEFAULT now()
) ENGINE = MergeTree
PARTITION BY export_id
ORDER BY position
TTL write_time + INTERVAL 1 HOUR;
