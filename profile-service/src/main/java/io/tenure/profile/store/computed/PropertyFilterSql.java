package io.tenure.profile.store.computed;

import io.tenure.platform.clickhouse.SqlParameters;
import io.tenure.profile.domain.computed.PropertyFilter;
import io.tenure.profile.domain.computed.PropertyFilter.Kind;
import io.tenure.profile.domain.computed.PropertyFilter.Operand;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares a property as conditions do: numbers as decimals of 38 digits on either side, text
 * exactly; text that is no such number is no match, never an error.
 */
final class PropertyFilterSql {

  private PropertyFilterSql() {}

  /** An expression that is 1 or 0, never null. */
  static String write(SqlParameters parameters, PropertyFilter filter) {
    String name = parameters.text(filter.property());
    String raw = "properties[" + name + "]";
    String present = "mapContains(properties, " + name + ")";
    return switch (filter.operator()) {
      case IS_SET -> present;
      case IS_NOT_SET -> "NOT " + present;
      case EQUAL -> equal(parameters, filter, raw, present);
      case NOT_EQUAL -> "NOT " + equal(parameters, filter, raw, present);
      case LESS -> order(parameters, filter, raw, "<");
      case LESS_OR_EQUAL -> order(parameters, filter, raw, "<=");
      case GREATER -> order(parameters, filter, raw, ">");
      case GREATER_OR_EQUAL -> order(parameters, filter, raw, ">=");
      case CONTAINS -> "position(" + raw + ", " + only(parameters, filter) + ") > 0";
      case STARTS_WITH -> "startsWith(" + raw + ", " + only(parameters, filter) + ")";
    };
  }

  private static String equal(
      SqlParameters parameters, PropertyFilter filter, String raw, String present) {
    List<String> ways = new ArrayList<>();
    List<String> texts = texts(filter, Kind.TEXT);
    texts.addAll(texts(filter, Kind.FLAG));
    if (!texts.isEmpty()) {
      ways.add(raw + " IN " + parameters.texts(texts));
    }
    for (String number : texts(filter, Kind.NUMBER)) {
      ways.add(
          "ifNull(" + decimal(raw) + " = " + parameters.decimal(new BigDecimal(number)) + ", 0)");
    }
    return "(" + present + " AND (" + String.join(" OR ", ways) + "))";
  }

  private static String order(
      SqlParameters parameters, PropertyFilter filter, String raw, String sign) {
    String number = parameters.decimal(new BigDecimal(filter.operands().getFirst().text()));
    return "ifNull(" + decimal(raw) + " " + sign + " " + number + ", 0)";
  }

  private static String only(SqlParameters parameters, PropertyFilter filter) {
    return parameters.text(filter.operands().getFirst().text());
  }

  private static List<String> texts(PropertyFilter filter, Kind kind) {
    List<String> texts = new ArrayList<>();
    for (Operand operand : filter.operands()) {
      if (operand.kind() == kind) {
        texts.add(operand.text());
      }
    }
    return texts;
  }

  private static String decimal(String raw) {
    return "toDecimal256OrNull(" + raw + ", 38)";
  }
}
