package io.tenure.statistics.sequential;

import io.tenure.statistics.effect.Comparison;
import io.tenure.statistics.effect.Effect;

/** One metric's way through the looks of a sequential design. Immutable: a look makes a new one. */
public sealed interface SequentialRun permits ConfidenceSequenceRun, GroupSequentialRun {

  /** After one more look at the same metric, with all units seen so far. */
  SequentialRun next(Comparison comparison);

  /**
   * The latest estimate with the interval all looks leave possible and a p-value that holds however
   * often it was looked at. Unavailable when the latest comparison was.
   */
  Effect effect();

  /** Whether a look has rejected "no difference"; once true it stays true. */
  boolean significant();

  /** What all looks leave possible. */
  RunningInterval running();
}
