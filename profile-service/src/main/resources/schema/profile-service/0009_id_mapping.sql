ALTER TABLE profiles
  ADD COLUMN IF NOT EXISTS identities Array(String)
    COMMENT 'by the plan ID_MAPPING every id of the user as KEY:VALUE, the first to join first' AFTER anonymous_ids,
  ADD INDEX IF NOT EXISTS identity_index identities TYPE bloom_filter(0.01) GRANULARITY 1;

ALTER TABLE identity_decisions
  ADD COLUMN IF NOT EXISTS other_user_number UInt32
    COMMENT 'rules CONFLICT and REFUSED: whom the record is about; else 0' AFTER other_id;
