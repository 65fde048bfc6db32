package io.tenure.experiment.domain.flag;

import io.tenure.evaluator.Serving;

/** What a rule of a flag serves. */
public sealed interface RuleServing permits Allocation, RuleServing.Imported, RuleServing.Tested {

  /**
   * Variants as another system dealt them.
   *
   * @param split what it did, in our words
   */
  record Imported(Serving.Split split) implements RuleServing {}

  /**
   * Whatever an experiment decides.
   *
   * @param experiment its key
   */
  record Tested(String experiment) implements RuleServing {}
}
