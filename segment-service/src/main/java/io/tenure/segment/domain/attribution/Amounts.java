package io.tenure.segment.domain.attribution;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Reads numbers out of properties, as the condition language does: 38 digits on either side. */
final class Amounts {

  private static final int MOST = 38;
  private static final int LONGEST = 2 * MOST + 8;

  private Amounts() {}

  /** Null when the text is no such number. */
  static @Nullable BigDecimal read(String text) {
    if (text.isEmpty() || text.length() > LONGEST) {
      return null;
    }
    try {
      BigDecimal number = new BigDecimal(text);
      boolean fits =
          Math.abs((long) number.scale()) <= MOST
              && (long) number.precision() - number.scale() <= MOST;
      return fits ? number : null;
    } catch (NumberFormatException notNumber) {
      return null;
    }
  }
}
