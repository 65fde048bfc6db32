package io.tenure.profile.domain.habit;

import io.tenure.profile.domain.habit.Finding.Lack;
import java.time.LocalDate;
import java.util.Collection;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Compares purchases on closed days with the closed days there were (binomial test), so that a
 * stretch with many holidays makes nobody a weekend shopper. Who is neither clearly one nor clearly
 * none stays unknown.
 */
public final class WeekendShoppers {

  /** Days with a purchase that are needed. */
  static final int LEAST_PURCHASES = 8;

  /** Days needed since the first purchase. */
  static final int LEAST_DAYS = 28;

  private static final double SIGNIFICANCE = 0.05;
  private static final double MOST = 0.5;

  /** Purchases that chance is worth in the share (Beta prior). */
  private static final double PRIOR = 4;

  private WeekendShoppers() {}

  /**
   * Finds whether somebody is a weekend shopper.
   *
   * @param purchaseDays in any order; a day counts once
   * @param today the first day nothing is known about yet
   */
  public static Finding<WeekendShopping> find(
      Collection<LocalDate> purchaseDays, LocalDate today, BusinessDays days) {
    NavigableSet<LocalDate> bought = new TreeSet<>(purchaseDays).headSet(today, false);
    if (bought.size() < LEAST_PURCHASES || bought.first().isAfter(today.minusDays(LEAST_DAYS))) {
      return new Finding.Unknown<>(Lack.TOO_LITTLE);
    }
    LocalDate first = bought.first();
    double base =
        (double) days.closedDays(first, today) / (today.toEpochDay() - first.toEpochDay());
    int count = bought.size();
    int closed = (int) bought.stream().filter(day -> !days.isOpen(day)).count();
    double share = (closed + PRIOR * base) / (count + PRIOR);
    boolean yes = share >= MOST && Chance.atLeast(closed, count, base) < SIGNIFICANCE;
    boolean no = Chance.atLeast(count - closed, count, MOST) < SIGNIFICANCE;
    if (!yes && !no) {
      return new Finding.Unknown<>(Lack.NO_PATTERN);
    }
    return new Finding.Known<>(new WeekendShopping(yes, share));
  }
}
