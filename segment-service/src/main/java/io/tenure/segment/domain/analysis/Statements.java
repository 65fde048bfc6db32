package io.tenure.segment.domain.analysis;

/** The statements that are under way. */
public interface Statements {

  /** Rows an execution has read so far, those of the statement at hand included. */
  long rowsRead(Run run);
}
