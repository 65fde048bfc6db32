package io.tenure.condition.store;

import io.tenure.condition.domain.Condition;
import io.tenure.platform.clickhouse.SqlParameters;
import java.util.List;
import java.util.stream.Collectors;

/** Answers a condition about traits from one row that has them all, without asking for events. */
public final class TraitSql {

  private TraitSql() {}

  /**
   * An expression that is 1 or 0, never null.
   *
   * @throws IllegalArgumentException when the condition asks for more than traits
   */
  public static String holds(SqlParameters parameters, Condition condition) {
    return switch (condition) {
      case Condition.All(List<Condition> parts) -> chain(parameters, parts, " AND ");
      case Condition.Any(List<Condition> parts) -> chain(parameters, parts, " OR ");
      case Condition.Not(Condition part) -> "(NOT " + holds(parameters, part) + ")";
      case Condition.Trait trait ->
          "("
              + ComparisonSql.compare(
                  parameters, Operand.ofTrait(parameters, trait.name()), trait.comparison())
              + ")";
      case Condition.EventCount _,
          Condition.Latest _,
          Condition.InSegment _,
          Condition.Sequence _ ->
          throw new IllegalArgumentException("One row of traits knows no events and no segments");
    };
  }

  private static String chain(SqlParameters parameters, List<Condition> parts, String operator) {
    return parts.stream()
        .map(part -> holds(parameters, part))
        .collect(Collectors.joining(operator, "(", ")"));
  }
}
