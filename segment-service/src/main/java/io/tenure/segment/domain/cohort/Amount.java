package io.tenure.segment.domain.cohort;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.regex.Pattern;
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

  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,38}(\\.\\d{1,38})?");

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

  /** The number a stored text is; null when it is none, as where conditions compare numbers. */
  static @Nullable BigDecimal number(@Nullable String text) {
    return text != null && NUMBER.matcher(text).matches() ? new BigDecimal(text) : null;
  }
}
