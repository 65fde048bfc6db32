package io.tenure.profile.domain.habit;

import io.tenure.profile.domain.habit.Finding.Lack;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * The peak of a smoothed histogram over the 168 hours of a week. The week is a circle, so Sunday
 * night lies beside Monday morning (kernel density on a circle: Hall, Watson, Cabrera 1987). With
 * little data the hour of the day counts more than the hour of the week (shrinkage). An hour counts
 * once, however much happened in it, so that one long session is no habit.
 */
public final class UsualHours {

  /** Active hours needed. */
  static final int LEAST_HOURS = 20;

  /** Different weeks they must come from. */
  static final int LEAST_WEEKS = 3;

  private static final double SIGNIFICANCE = 0.01;
  private static final int DAY = 24;
  private static final int WEEK = 7 * DAY;
  private static final double BANDWIDTH = 1.5;
  private static final int REACH = 6;

  /** Active hours at which hour of the week and hour of the day weigh the same. */
  private static final double SHRINKAGE = 50;

  private UsualHours() {}

  /** Finds the usual hour of activities, given in local time and in any order. */
  public static Finding<UsualHour> find(Collection<LocalDateTime> activities) {
    Set<LocalDateTime> hours = new HashSet<>();
    Set<Long> weeks = new HashSet<>();
    for (LocalDateTime activity : activities) {
      hours.add(activity.truncatedTo(ChronoUnit.HOURS));
      weeks.add(Math.floorDiv(activity.toLocalDate().toEpochDay() + 3, 7L));
    }
    if (hours.size() < LEAST_HOURS || weeks.size() < LEAST_WEEKS) {
      return new Finding.Unknown<>(Lack.TOO_LITTLE);
    }
    double[] week = new double[WEEK];
    double[] day = new double[DAY];
    for (LocalDateTime hour : hours) {
      week[(hour.getDayOfWeek().getValue() - 1) * DAY + hour.getHour()]++;
      day[hour.getHour()]++;
    }
    return peak(week, day, hours.size());
  }

  private static Finding<UsualHour> peak(double[] week, double[] day, int count) {
    double[] density = density(week, day, count);
    int peak = 0;
    for (int slot = 1; slot < WEEK; slot++) {
      peak = density[slot] > density[peak] ? slot : peak;
    }
    boolean daySettled = standsOut(week, peak, count);
    if (!daySettled && !standsOut(day, peak % DAY, count)) {
      return new Finding.Unknown<>(Lack.NO_PATTERN);
    }
    double share = around(density, peak);
    return new Finding.Known<>(
        new UsualHour(
            DayOfWeek.of(peak / DAY + 1), peak % DAY, daySettled ? share : 7 * share, daySettled));
  }

  /** Whether three hours got more than chance would give to any three hours of the circle. */
  private static boolean standsOut(double[] histogram, int slot, int count) {
    int hits = (int) around(histogram, slot);
    double chance = Chance.atLeast(hits, count, 3.0 / histogram.length);
    return chance * histogram.length < SIGNIFICANCE;
  }

  private static double around(double[] circle, int slot) {
    int size = circle.length;
    return circle[(slot + size - 1) % size] + circle[slot] + circle[(slot + 1) % size];
  }

  private static double[] density(double[] week, double[] day, int count) {
    double[] ofWeek = smooth(week);
    double[] ofDay = smooth(day);
    double trust = count / (count + SHRINKAGE);
    double[] density = new double[WEEK];
    for (int slot = 0; slot < WEEK; slot++) {
      density[slot] = (trust * ofWeek[slot] + (1 - trust) * ofDay[slot % DAY] / 7) / count;
    }
    return density;
  }

  /** A Gaussian kernel around the circle; the sum stays the same. */
  private static double[] smooth(double[] circle) {
    double[] kernel = new double[2 * REACH + 1];
    double sum = 0;
    for (int i = 0; i < kernel.length; i++) {
      double distance = (i - REACH) / BANDWIDTH;
      kernel[i] = Math.exp(-distance * distance / 2);
      sum += kernel[i];
    }
    int size = circle.length;
    double[] smooth = new double[size];
    for (int slot = 0; slot < size; slot++) {
      for (int i = 0; i < kernel.length; i++) {
        smooth[(slot + i - REACH + size) % size] += circle[slot] * kernel[i] / sum;
      }
    }
    return smooth;
  }
}
