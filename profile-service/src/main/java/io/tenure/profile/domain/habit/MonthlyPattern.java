package io.tenure.profile.domain.habit;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * Money that flows on about the same day of every month.
 *
 * @param rule the day
 * @param slack how many days it may come earlier or later
 * @param hits months in which it came
 * @param expected months from the first time to now
 * @param last when it came last
 * @param amount the median of the amounts
 */
public record MonthlyPattern(
    MonthlyRule rule, int slack, int hits, int expected, LocalDate last, BigDecimal amount) {

  /**
   * How probable it is that money comes on the next date, by the rule of succession (Laplace 1814):
   * {@code (hits + 1) / (expected + 2)}.
   */
  public double confidence() {
    return (hits + 1.0) / (expected + 2.0);
  }

  /** The next date; the day it came last is past, also when it came early. */
  public LocalDate next(LocalDate today, BusinessDays days) {
    LocalDate after = last.plusDays(slack + 1L);
    return rule.next(today.isAfter(after) ? today : after, days);
  }

  /** Money per month, by which the more important of two patterns is chosen. */
  BigDecimal weight() {
    return amount.multiply(BigDecimal.valueOf(hits));
  }
}
