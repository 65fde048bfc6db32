-- Events found by a fold in Java, parked where the next statement can read them.
CREATE TABLE IF NOT EXISTS parked_events (
  evaluation_id String,
  park_time DateTime DEFAULT now(),
  event_keys Array(UInt64)
) ENGINE = MergeTree
ORDER BY evaluation_id
TTL park_time + INTERVAL 1 HOUR;
