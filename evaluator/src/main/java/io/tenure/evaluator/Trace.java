package io.tenure.evaluator;

/** Hears the steps of a decision. */
@FunctionalInterface
public interface Trace {

  /** Hears the next step. */
  void step(Step step);
}
