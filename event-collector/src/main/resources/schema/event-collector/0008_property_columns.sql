-- One row for each state of a column, only ever added. A token for each number and revision lets one of two writers win.
CREATE TABLE IF NOT EXISTS property_columns (
  number UInt32 COMMENT 'names the columns p_N and n_N of events; never given twice',
  revision UInt32,
  property String,
  kind LowCardinality(String),
  state LowCardinality(String),
  author String,
  nonce String,
  time DateTime64(3, 'UTC')
) ENGINE = MergeTree
ORDER BY (number, revision)
SETTINGS non_replicated_deduplication_window = 1000;

CREATE VIEW IF NOT EXISTS property_columns_v1 AS
SELECT property, concat('p_', toString(number)) AS text_column,
  if(kind = 'NUMBER', concat('n_', toString(number)), '') AS number_column
FROM (
  SELECT number, argMax(property, revision) AS property, argMax(kind, revision) AS kind, argMax(state, revision) AS state
  FROM property_columns GROUP BY number)
WHERE state = 'ACTIVE';
