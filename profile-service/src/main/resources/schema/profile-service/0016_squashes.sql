-- The first two statements are also in event-collector's schema: it reads them, and either service may come first.
CREATE TABLE IF NOT EXISTS user_finals (
  project_id String,
  old_number UInt32 COMMENT 'as records are resolved',
  new_number UInt32 COMMENT 'the user they count for, for good',
  version UInt64
) ENGINE = ReplacingMergeTree(version)
ORDER BY (project_id, old_number)
SETTINGS non_replicated_deduplication_window = 1000;

CREATE VIEW IF NOT EXISTS user_finals_v1 AS
SELECT project_id, old_number, new_number
FROM user_finals FINAL;

CREATE TABLE IF NOT EXISTS user_squashes (
  project_id String,
  id String,
  revision UInt64,
  open UInt8,
  body String COMMENT 'JSON' CODEC(ZSTD(1)),
  time DateTime64(3, 'UTC')
) ENGINE = ReplacingMergeTree(revision)
ORDER BY (project_id, id)
SETTINGS non_replicated_deduplication_window = 1000;
