package io.tenure.segment.store;

import io.tenure.platform.clickhouse.SqlParameters;
import io.tenure.segment.domain.condition.Comparison;
import io.tenure.segment.domain.condition.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares a stored value. Numbers are compared as decimals with 38 digits before and behind the
 * point, so 0.1 + 0.2 stays 0.3 and an amount never loses a cent; text that is no such number is no
 * match, never an error.
 */
final class ComparisonSql {

  /**
   * A stored value as SQL expressions.
   *
   * @param present whether there is a value
   * @param raw the stored text
   * @param text the value as text
   * @param isText whether it can equal a text
   */
  record Operand(String present, String raw, String text, String isText) {

    /** An event property: plain text, its type forgotten. */
    static Operand ofProperty(String raw, String present) {
      return new Operand(present, raw, raw, "1");
    }

    /**
     * A trait: JSON text, where a quoted number is no number and null is no value. Comparing one
     * that is sealed fails, because the answer would be wrong.
     */
    static Operand ofTrait(String value, String contained) {
      String raw = "if(throwIf(startsWith(" + value + ", '~'), 'sealed'), '', " + value + ")";
      String isText = "startsWith(" + raw + ", '\"')";
      return new Operand(
          "(" + contained + " AND " + value + " != 'null')",
          raw,
          "if(" + isText + ", JSONExtractString(" + raw + "), " + raw + ")",
          isText);
    }
  }

  private ComparisonSql() {}

  /** An expression that is 1 or 0, never null. */
  static String compare(SqlParameters parameters, Operand operand, Comparison comparison) {
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
    };
  }

  private static String equal(SqlParameters parameters, Operand operand, List<Value> values) {
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
          "(%s AND %s IN %s)".formatted(operand.isText(), operand.text(), parameters.texts(texts)));
    }
    if (!numbers.isEmpty()) {
      ways.add("ifNull(%s IN %s, 0)".formatted(decimal(operand), parameters.decimals(numbers)));
    }
    if (!flags.isEmpty()) {
      ways.add(operand.raw() + " IN " + parameters.texts(flags));
    }
    return "(" + operand.present() + " AND (" + String.join(" OR ", ways) + "))";
  }

  private static String order(
      SqlParameters parameters, Operand operand, String sign, Comparison comparison) {
    if (comparison.values().getFirst() instanceof Value.Decimal(BigDecimal number)) {
      return "ifNull(%s %s %s, 0)".formatted(decimal(operand), sign, parameters.decimal(number));
    }
    throw new IllegalStateException("An order without a number");
  }

  private static String search(SqlParameters parameters, Comparison comparison) {
    if (comparison.values().getFirst() instanceof Value.Text(String text)) {
      return parameters.text(text);
    }
    throw new IllegalStateException("A search without a text");
  }

  private static String decimal(Operand operand) {
    return "toDecimal256OrNull(" + operand.raw() + ", 38)";
  }
}
