package io.tenure.condition.store;

import io.tenure.platform.clickhouse.SqlParameters;

/**
 * A stored value as SQL expressions.
 *
 * @param present whether there is a value
 * @param raw the stored text; empty without a value
 * @param text the value as text
 * @param isText whether it can equal a text
 * @param decimal the value as a number, or null for everything else
 */
public record Operand(String present, String raw, String text, String isText, String decimal) {

  /** An event property: plain text, its type forgotten. */
  public static Operand ofProperty(String raw, String present) {
    return new Operand(present, raw, raw, "1", decimal(raw));
  }

  /** An event property with columns of its own, which hold what the map says. */
  static Operand ofColumn(PropertyColumns.Column column) {
    String raw = "ifNull(" + column.text() + ", '')";
    String decimal = column.number().isEmpty() ? decimal(raw) : column.number();
    return new Operand("isNotNull(" + column.text() + ")", raw, raw, "1", decimal);
  }

  /** A trait of the map {@code traits} that may be absent. */
  public static Operand ofTrait(SqlParameters parameters, String name) {
    String value = "traits[" + parameters.text(name) + "]";
    String raw = raw(value);
    return ofJson(
        raw, "(mapContains(traits, " + parameters.text(name) + ") AND " + value + " != 'null')");
  }

  /** JSON text, where a quoted number is no number. */
  static Operand ofJson(String raw, String present) {
    return new Operand(present, raw, text(raw), isText(raw), decimal(raw));
  }

  private static String decimal(String raw) {
    return "toDecimal256OrNull(" + raw + ", 38)";
  }

  /** The question fails when the trait is sealed, because the answer would be wrong. */
  private static String raw(String value) {
    return "if(throwIf(startsWith(%1$s, '~'), 'sealed'), '', %1$s)".formatted(value);
  }

  private static String text(String raw) {
    return "if(" + isText(raw) + ", JSONExtractString(" + raw + "), " + raw + ")";
  }

  private static String isText(String raw) {
    return "startsWith(" + raw + ", '\"')";
  }
}
