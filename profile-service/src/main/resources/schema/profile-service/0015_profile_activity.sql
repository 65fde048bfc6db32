ALTER TABLE profiles
  ADD COLUMN IF NOT EXISTS events Map(String, String) COMMENT 'by event: COUNT FIRST LAST DAY COUNTS, to the base 36' AFTER event_count,
  ADD COLUMN IF NOT EXISTS sessions String COMMENT 'the last ones: START LENGTH COUNT;..., to the base 36' AFTER events,
  ADD COLUMN IF NOT EXISTS numbers Map(String, String) COMMENT 'by trait: DAY NUMBER;..., the day to the base 36' AFTER sessions;
