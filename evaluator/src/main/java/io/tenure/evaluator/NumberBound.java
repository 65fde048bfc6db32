package io.tenure.evaluator;

import io.tenure.condition.domain.Value.Decimal;
import java.math.BigDecimal;

/**
 * A decimal that doubles are compared with as the decimals they are written as: 0.1 is 0.1. Since
 * rounding keeps the order, only the double nearest to the decimal needs a second look, which is
 * taken once.
 */
final class NumberBound {

  private final double nearest;
  private final int nearestToBound;

  NumberBound(Decimal decimal) {
    BigDecimal bound = decimal.value();
    this.nearest = bound.doubleValue();
    this.nearestToBound = new BigDecimal(Double.toString(nearest)).compareTo(bound);
  }

  /** Negative, zero or positive as the number is less than, equal to or greater than the bound. */
  int compare(double number) {
    return number < nearest ? -1 : number > nearest ? 1 : number == nearest ? nearestToBound : 1;
  }
}
