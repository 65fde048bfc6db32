package io.tenure.experiment.domain;

import io.tenure.experiment.domain.Evaluation.Cause;

/** Decides flags. The same flag, user and knowledge always give the same variant. */
public final class Evaluator {

  private Evaluator() {}

  /**
   * Decides one flag for one user.
   *
   * @param unit the text that is hashed, usually the login or device id
   */
  public static Evaluation evaluate(Flag flag, String unit, Subject subject) {
    if (!flag.enabled()) {
      return result(flag, flag.offVariant(), Cause.DISABLED, "", subject);
    }
    for (FlagRule rule : flag.rules()) {
      if (ConditionInterpreter.holds(rule.condition(), subject)) {
        return allocate(flag, unit, rule.allocation(), Cause.TARGETING_MATCH, rule.name(), subject);
      }
    }
    Cause certain = flag.rules().isEmpty() ? Cause.STATIC : Cause.DEFAULT;
    return allocate(flag, unit, flag.fallthrough(), certain, "", subject);
  }

  private static Evaluation allocate(
      Flag flag, String unit, Allocation allocation, Cause certain, String rule, Subject subject) {
    Cause cause = allocation.isSplit() ? Cause.SPLIT : certain;
    return result(flag, allocation.variantOf(flag.bucketOf(unit)), cause, rule, subject);
  }

  private static Evaluation result(
      Flag flag, String variant, Cause cause, String rule, Subject subject) {
    return new Evaluation(
        flag.key(), variant, flag.valueOf(variant), cause, rule, subject.isDegraded());
  }
}
