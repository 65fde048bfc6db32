-- Members that were listed once and stay; revisions of the segment before the last one's are never read.
CREATE TABLE IF NOT EXISTS fixed_members (
  project_id LowCardinality(String),
  segment_id String,
  revision UInt64,
  user_numbers Array(UInt32) COMMENT 'as they were when they were listed' CODEC(ZSTD(1))
) ENGINE = MergeTree
ORDER BY (project_id, segment_id, revision)
SETTINGS non_replicated_deduplication_window = 1000;
