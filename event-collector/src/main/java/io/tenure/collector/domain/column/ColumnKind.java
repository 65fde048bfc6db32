package io.tenure.collector.domain.column;

/** What a column is made for; the answers are the same, the cost is not. */
public enum ColumnKind {
  /** Many different texts, such as the number of an order. */
  TEXT,
  /** Few different texts, such as a channel: kept once each. */
  CHOICE,
  /** Numbers, which a second column holds as decimals. */
  NUMBER
}
