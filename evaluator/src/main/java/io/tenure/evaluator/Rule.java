package io.tenure.evaluator;

import io.tenure.condition.domain.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a flag, tried when those before it did not decide.
 *
 * @param name shown in traces
 * @param schedule when it holds
 * @param prerequisites other flags that must be as it wants
 * @param condition for whom it holds; null for everybody. Only attributes and segments can be asked
 *     for
 * @param serving what it serves
 */
public record Rule(
    String name,
    Schedule schedule,
    List<Prerequisite> prerequisites,
    @Nullable Condition condition,
    Serving serving) {

  /** Copies the list. */
  public Rule {
    prerequisites = List.copyOf(prerequisites);
  }

  /** A rule that always holds for some. */
  public static Rule of(String name, @Nullable Condition condition, Serving serving) {
    return new Rule(name, Schedule.ALWAYS, List.of(), condition, serving);
  }
}
