ALTER TABLE profiles ADD COLUMN IF NOT EXISTS releases Array(String)
  COMMENT 'ids taken from the user: OFFSET LOG l:ID or d:ID' AFTER watermarks;
