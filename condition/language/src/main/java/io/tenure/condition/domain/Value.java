package io.tenure.condition.domain;

import java.math.BigDecimal;

/** A value given by whoever writes a condition. */
public sealed interface Value {

  /** Text, compared exactly. */
  record Text(String value) implements Value {
    /** Accepts up to 1000 characters. */
    public Text {
      if (value.length() > 1000) {
        throw new IllegalArgumentException("A text has at most 1000 characters");
      }
    }
  }

  /** A number, compared as a decimal: 0.1 is 0.1 and 2.50 equals 2.5. */
  record Decimal(BigDecimal value) implements Value {

    private static final BigDecimal BOUND = BigDecimal.TEN.pow(38);

    /** Accepts at most 38 digits before and 38 after the point. */
    public Decimal {
      value = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
      if (value.scale() > 38 || value.abs().compareTo(BOUND) >= 0) {
        throw new IllegalArgumentException(
            "A number has at most 38 digits before and 38 after the point");
      }
    }
  }

  /** True or false. */
  record Flag(boolean value) implements Value {}
}
