package io.tenure.condition.store;

import io.tenure.condition.domain.Comparison;
import io.tenure.condition.domain.Value;
import io.tenure.platform.clickhouse.SqlParameters;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares a stored value. Numbers are compared as decimals with 38 digits before and behind the
 * point, so 0.1 + 0.2 stays 0.3 and an amount never loses a cent; text that is no such number is no
 * match, never an error.
 */
public final class ComparisonSql {

  private ComparisonSql() {}

  /** An expression that is 1 or 0, never null. */
  public static String compare(SqlParameters parameters, Operand operand, Comparison comparison) {
    return switch (comparison.operator()) {
      case IS_SET -> operand.present();
      case IS_NOT_SET -> "NOT " + operand.present();
      case EQUAL -> equal(parameters, operand, comparison.values());
      case NOT_EQUAL -> "NOT " + equal(parameters, operand, comparison.values());
      case LESS -> order(parameters, operand, "<", comparison);
      case LESS_OR_EQUAL -> order(parameters, operand, "<=", comparison);
      case GREATER -> order(parameters, operand, ">", comparison);
      case GREATER_OR_EQUAL -> order(parameters, operand, ">=", comparison);
      case CONTAINS ->
          "(%s AND position(%s, %s) > 0)"
              .formatted(operand.present(), operand.text(), search(parameters, comparison));
      case STARTS_WITH ->
          "(%s AND startsWith(%s, %s))"
              .formatted(operand.present(), operand.text(), search(parameters, comparison));
      case HAS_ELEMENT -> hasElement(parameters, operand, comparison.values());
    };
  }

  private static String equal(SqlParameters parameters, Operand operand, List<Value> values) {
    return "(%s AND %s)"
        .formatted(operand.present(), isOneOf(parameters, operand, values, "%2$s IN %1$s"));
  }

  /** The elements of a list are JSON, also where the list is a property's plain text. */
  private static String hasElement(SqlParameters parameters, Operand operand, List<Value> values) {
    return "(%s AND startsWith(%2$s, '[') AND arrayExists(x -> %3$s, JSONExtractArrayRaw(%2$s)))"
        .formatted(
            operand.present(),
            operand.raw(),
            isOneOf(parameters, Operand.ofJson("x", "1"), values, "has(%1$s, %2$s)"));
  }

  /**
   * Whether the value is one of the given ones.
   *
   * @param in how the array that comes first holds the expression that comes second: {@code IN}
   *     looks up in a set, but cannot be asked inside a lambda
   */
  private static String isOneOf(
      SqlParameters parameters, Operand operand, List<Value> values, String in) {
    List<String> texts = new ArrayList<>();
    List<BigDecimal> numbers = new ArrayList<>();
    List<String> flags = new ArrayList<>();
    for (Value value : values) {
      switch (value) {
        case Value.Text(String text) -> texts.add(text);
        case Value.Decimal(BigDecimal number) -> numbers.add(number);
        case Value.Flag(boolean flag) -> flags.add(Boolean.toString(flag));
      }
    }
    List<String> ways = new ArrayList<>();
    if (!texts.isEmpty()) {
      ways.add(
          "("
              + operand.isText()
              + " AND "
              + in.formatted(parameters.texts(texts), operand.text())
              + ")");
    }
    if (!numbers.isEmpty()) {
      ways.add("ifNull(" + in.formatted(parameters.decimals(numbers), operand.decimal()) + ", 0)");
    }
    if (!flags.isEmpty()) {
      ways.add("(" + in.formatted(parameters.texts(flags), operand.raw()) + ")");
    }
    return "(" + String.join(" OR ", ways) + ")";
  }

  private static String order(
      SqlParameters parameters, Operand operand, String sign, Comparison comparison) {
    if (comparison.values().getFirst() instanceof Value.Decimal(BigDecimal number)) {
      return "ifNull(%s %s %s, 0)".formatted(operand.decimal(), sign, parameters.decimal(number));
    }
    throw new IllegalStateException("An order without a number");
  }

  private static String search(SqlParameters parameters, Comparison comparison) {
    if (comparison.values().getFirst() instanceof Value.Text(String text)) {
      return parameters.text(text);
    }
    throw new IllegalStateException("A search without a text");
  }
}
