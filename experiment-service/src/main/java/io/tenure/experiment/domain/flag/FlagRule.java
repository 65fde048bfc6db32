package io.tenure.experiment.domain.flag;

import io.tenure.condition.domain.Condition;
import io.tenure.evaluator.Prerequisite;
import io.tenure.evaluator.Schedule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What those get whom a condition holds for.
 *
 * @param name shown in traces
 * @param schedule when it holds
 * @param prerequisites other flags that must be as it wants
 * @param condition for whom it holds; null for everybody
 * @param serving what it serves
 */
public record FlagRule(
    String name,
    Schedule schedule,
    List<Prerequisite> prerequisites,
    @Nullable Condition condition,
    RuleServing serving) {

  /** Copies the list. */
  public FlagRule {
    prerequisites = List.copyOf(prerequisites);
  }

  /** A rule that always holds for some. */
  public static FlagRule of(String name, @Nullable Condition condition, RuleServing serving) {
    return new FlagRule(name, Schedule.ALWAYS, List.of(), condition, serving);
  }
}
