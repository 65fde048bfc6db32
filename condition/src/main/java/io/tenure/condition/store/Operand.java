package io.tenure.condition.store;

import io.tenure.platform.clickhouse.SqlParameters;

/**
 * A stored value as SQL expressions.
 *
 * @param present whether there is a value
 * @param raw the stored text
 * @param text the value as text
 * @param isText whether it can equal a text
 */
public record Operand(String present, String raw, String text, String isText) {

  /** An event property: plain text, its type forgotten. */
  public static Operand ofProperty(String raw, String present) {
    return new Operand(present, raw, raw, "1");
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
    return new Operand(present, raw, text(raw), isText(raw));
  }

  /** The value as a number, or null for everything else. */
  public String decimal() {
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
