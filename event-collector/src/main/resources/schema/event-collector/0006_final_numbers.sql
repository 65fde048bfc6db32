-- profile-service owns what the first two statements make; they are here because the collector reads it for each batch,
-- and either service may come first.
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

-- The key keeps the number a record is resolved to, so a record read again still meets its row.
ALTER TABLE events {sharded by intHash64(user_number)} ADD COLUMN IF NOT EXISTS final_number UInt32
  COMMENT 'the user the row counts for since its own was merged for good; 0 for its own' CODEC(ZSTD(1)) AFTER user_number;

-- Columns of properties are added when the collector starts. A person may have rows on two shards after a merge, so a
-- shard is known by the number that is stored and never by the user it counts for.
CREATE OR REPLACE VIEW events_v1 AS
{file views/events.sql}
FROM events {sharded by intHash64(stored_user_number)};

CREATE OR REPLACE VIEW events_final_v1 AS
{file views/events.sql}
FROM events FINAL {sharded by intHash64(stored_user_number)};
