package io.tenure.flagimport;

import io.tenure.condition.domain.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Values as JavaScript reads and writes them, which is what the peers were written in. */
final class Scalars {

  private static final int LONGEST_PLAIN = 21;
  private static final int MOST_ZEROS = 6;

  private Scalars() {}

  /** A number as the decimal that its double is written as. */
  static Value.Decimal decimal(double number) {
    return new Value.Decimal(new BigDecimal(Double.toString(number)));
  }

  /**
   * The text, and whatever is written as this text: {@code "5"} is also the number 5, {@code
   * "true"} the boolean.
   */
  static List<Value> writtenAs(String text) {
    List<Value> values = new ArrayList<>();
    values.add(new Value.Text(text));
    if (text.equals("true") || text.equals("false")) {
      values.add(new Value.Flag(text.equals("true")));
    } else if (isWrittenNumber(text)) {
      values.add(decimal(Double.parseDouble(text)));
    }
    return values;
  }

  private static boolean isWrittenNumber(String text) {
    if (!text.matches("-?[0-9.]+(e[+-][0-9]+)?")) {
      return false;
    }
    try {
      double number = Double.parseDouble(text);
      return Double.isFinite(number) && written(number).equals(text);
    } catch (NumberFormatException notOne) {
      return false;
    }
  }

  /** A number as text; ECMA-262, Number::toString. */
  static String written(double number) {
    if (number == 0) {
      return "0";
    }
    BigDecimal decimal = new BigDecimal(Double.toString(Math.abs(number))).stripTrailingZeros();
    String digits = decimal.unscaledValue().toString();
    int point = digits.length() - decimal.scale();
    return (number < 0 ? "-" : "") + written(digits, point);
  }

  private static String written(String digits, int point) {
    int length = digits.length();
    if (length <= point && point <= LONGEST_PLAIN) {
      return digits + "0".repeat(point - length);
    }
    if (0 < point && point <= LONGEST_PLAIN) {
      return digits.substring(0, point) + "." + digits.substring(point);
    }
    if (-MOST_ZEROS < point && point <= 0) {
      return "0." + "0".repeat(-point) + digits;
    }
    int exponent = point - 1;
    return digits.charAt(0)
        + (length == 1 ? "" : "." + digits.substring(1))
        + (exponent < 0 ? "e-" : "e+")
        + Math.abs(exponent);
  }
}
