package io.tenure.segment.domain.tally;

import java.math.BigDecimal;
import java.math.MathContext;
import org.jspecify.annotations.Nullable;

/**
 * A sum of values.
 *
 * @param sum exact
 * @param values how many were summed up
 */
public record Amount(BigDecimal sum, long values) {

  /** Nothing. */
  public static final Amount NONE = new Amount(BigDecimal.ZERO, 0);

  private static final int DIGITS = 38;
  private static final int LONGEST = 2 * DIGITS + 8;

  /** Both. */
  public Amount plus(Amount other) {
    return new Amount(sum.add(other.sum), values + other.values);
  }

  /** The mean with 16 digits; null without values. */
  public @Nullable BigDecimal mean() {
    return per(values);
  }

  /** The sum divided by a number of users, with 16 digits; null for none. */
  public @Nullable BigDecimal per(long users) {
    return users == 0 ? null : sum.divide(BigDecimal.valueOf(users), MathContext.DECIMAL64);
  }

  /**
   * The number a stored text is, as where conditions compare numbers: 38 digits on either side of
   * the point. Null when it is none.
   */
  public static @Nullable BigDecimal number(@Nullable String text) {
    if (text == null || text.isEmpty() || text.length() > LONGEST) {
      return null;
    }
    try {
      BigDecimal number = new BigDecimal(text);
      boolean fits =
          Math.abs((long) number.scale()) <= DIGITS
              && (long) number.precision() - number.scale() <= DIGITS;
      return fits ? number : null;
    } catch (NumberFormatException notNumber) {
      return null;
    }
  }
}
