package io.tenure.collector.domain.quarantine;

/** What became of a record kept aside. */
public enum QuarantineState {
  /** Nothing yet. */
  OPEN,
  /** It was accepted after all. */
  REPLAYED,
  /** Somebody decided that it is not worth repairing. */
  DISMISSED
}
