package io.tenure.collector.store.log;

/** The tables of a log that hold its state rather than what was received. */
enum Family {
  /** A few values of the log itself: its id, its cursors, how far it is trimmed. */
  META,
  /** Counters by project and name. */
  COUNTERS,
  /** Counts by minute and project. */
  MINUTES,
  /** The confirmed batches by reader and last offset. */
  CONFIRMED
}
