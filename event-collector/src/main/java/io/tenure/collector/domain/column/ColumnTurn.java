package io.tenure.collector.domain.column;

/** Lets one of all collectors look for hot properties at a time. */
@FunctionalInterface
public interface ColumnTurn {

  /** Takes the turn, unless another one has it. */
  boolean take();
}
