package io.tenure.profile.domain.search;

import java.math.BigDecimal;

/** A value given by whoever searches. */
public sealed interface Value {

  /** Digits on either side of the point that comparisons keep exact. */
  int MAX_DIGITS = 38;

  /** Text, compared exactly. */
  record Text(String value) implements Value {}

  /** A number, compared as a decimal: 2.50 equals 2.5. */
  record Number(BigDecimal value) implements Value {}

  /** True or false. */
  record Flag(boolean value) implements Value {}

  /** Whether a number can be compared exactly. */
  static boolean isComparable(BigDecimal number) {
    BigDecimal plain = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
    return plain.scale() <= MAX_DIGITS && plain.precision() - plain.scale() <= MAX_DIGITS;
  }
}
