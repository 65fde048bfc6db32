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
ALTER TABLE events ADD COLUMN IF NOT EXISTS final_number UInt32
  COMMENT 'the user the row counts for since its own was merged for good; 0 for its own' CODEC(ZSTD(1)) AFTER user_number;

CREATE OR REPLACE VIEW events_v1 AS
SELECT project_id, name, event_time, original_time, receive_time,
  if((SELECT count() FROM user_overrides) + (SELECT count() FROM user_finals) = 0, events.user_number,
    dictGetOrDefault('merged_users', 'new_number',
      (cityHash64(project_id), if(events.final_number = 0, events.user_number, events.final_number)),
      if(events.final_number = 0, events.user_number, events.final_number))) AS user_number,
  event_id, event_key, login_id, anonymous_id, library, properties, log_id, log_offset,
  events.user_number AS stored_user_number
FROM events;

CREATE OR REPLACE VIEW events_final_v1 AS
SELECT project_id, name, event_time, original_time, receive_time,
  if((SELECT count() FROM user_overrides) + (SELECT count() FROM user_finals) = 0, events.user_number,
    dictGetOrDefault('merged_users', 'new_number',
      (cityHash64(project_id), if(events.final_number = 0, events.user_number, events.final_number)),
      if(events.final_number = 0, events.user_number, events.final_number))) AS user_number,
  event_id, event_key, login_id, anonymous_id, library, properties, log_id, log_offset,
  events.user_number AS stored_user_number
FROM events FINAL;
