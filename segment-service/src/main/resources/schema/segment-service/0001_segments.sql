CREATE TABLE IF NOT EXISTS segment_snapshots (
  project_id LowCardinality(String),
  segment_id String,
  -- The revision of the definition in the high bits, milliseconds below: a slow computation of an old revision never
  -- replaces the result of a newer one.
  version UInt64,
  deleted UInt8,
  as_of_time DateTime64(3, 'UTC'),
  member_count UInt64,
  members AggregateFunction(groupBitmap, UInt32)
) ENGINE = ReplacingMergeTree(version, deleted)
ORDER BY (project_id, segment_id);

CREATE VIEW IF NOT EXISTS memberships_v1 AS
SELECT project_id, segment_id, as_of_time, member_count, members
FROM segment_snapshots FINAL;

-- Users found by a fold in Java, parked where the next statement can read them.
CREATE TABLE IF NOT EXISTS parked_users (
  evaluation_id String,
  park_time DateTime DEFAULT now(),
  user_numbers Array(UInt32) CODEC(ZSTD(1))
) ENGINE = MergeTree
ORDER BY evaluation_id
TTL park_time + INTERVAL 1 DAY;
