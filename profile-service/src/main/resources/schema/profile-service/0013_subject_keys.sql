CREATE TABLE IF NOT EXISTS subject_keys (
  project_id String,
  user_number UInt32,
  key_id String COMMENT 'names the key in sealed text',
  master_key LowCardinality(String) COMMENT 'name of the master key that seals this one',
  wrapped String COMMENT 'the sealed key',
  version UInt64 COMMENT 'counts how often it was sealed anew'
) ENGINE = ReplacingMergeTree(version)
ORDER BY (project_id, user_number, key_id)
SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1;
