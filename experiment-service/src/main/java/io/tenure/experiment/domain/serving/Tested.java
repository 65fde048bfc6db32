package io.tenure.experiment.domain.serving;

import io.tenure.evaluator.Flag;
import io.tenure.evaluator.Rule;
import io.tenure.evaluator.Serving;
import io.tenure.evaluator.UnitType;

/**
 * An experiment that deals units, where its flag serves it.
 *
 * @param phase its run
 * @param flag the flag
 * @param rule the rule of the flag that names it
 * @param split what the rule serves
 */
public record Tested(int phase, Flag flag, Rule rule, Serving.Split split) {

  /** What it deals. */
  public UnitType unit() {
    return split.unit();
  }
}
