package io.tenure.profile.domain.habit;

import io.tenure.profile.domain.habit.Finding.Lack;
import io.tenure.profile.domain.habit.LoginRhythm.Kind;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Classifies the active days of the last twelve weeks. Evenness is the burstiness of Goh and
 * Barabási (2008) in the form of Kim and Jo (2016), which does not depend on how many gaps there
 * are.
 */
public final class LoginRhythms {

  /** Days looked at. */
  static final int WINDOW = 84;

  /** Days needed since the first activity. */
  static final int LEAST_DAYS = 28;

  /** Active days needed. */
  static final int LEAST_ACTIVE = 4;

  private static final int PERIOD = 28;
  private static final double MOST_DAYS = 0.6;
  private static final double HARDLY = 0.25;
  private static final double MOST_WEEKS = 0.75;
  private static final double NEARLY_ALWAYS = 0.8;

  private LoginRhythms() {}

  /**
   * Finds the rhythm.
   *
   * @param activeDays in any order, repeated or not
   * @param today the first day nothing is known about yet
   */
  public static Finding<LoginRhythm> find(
      Collection<LocalDate> activeDays, LocalDate today, BusinessDays days) {
    NavigableSet<LocalDate> active =
        new TreeSet<>(activeDays).subSet(today.minusDays(WINDOW), true, today, false);
    if (active.isEmpty() || active.first().isAfter(today.minusDays(LEAST_DAYS))) {
      return new Finding.Unknown<>(Lack.TOO_LITTLE);
    }
    if (active.last().isBefore(today.minusDays(PERIOD))) {
      return new Finding.Unknown<>(Lack.ENDED);
    }
    if (active.size() < LEAST_ACTIVE) {
      return new Finding.Unknown<>(Lack.TOO_LITTLE);
    }
    long observed = today.toEpochDay() - active.first().toEpochDay();
    return new Finding.Known<>(
        new LoginRhythm(
            kind(active, today, days), (double) active.size() / observed, burstiness(active)));
  }

  private static Kind kind(NavigableSet<LocalDate> active, LocalDate today, BusinessDays days) {
    LocalDate first = active.first();
    long observed = today.toEpochDay() - first.toEpochDay();
    long closed = days.closedDays(first, today);
    long activeClosed = active.stream().filter(day -> !days.isOpen(day)).count();
    double onOpen = (double) (active.size() - activeClosed) / Math.max(1, observed - closed);
    double onClosed = (double) activeClosed / Math.max(1, closed);
    if (onOpen >= MOST_DAYS && onClosed <= HARDLY * onOpen) {
      return Kind.WORKDAYS;
    }
    if ((double) active.size() / observed >= MOST_DAYS) {
      return Kind.DAILY;
    }
    if (touched(active, today, 7) >= MOST_WEEKS * (observed / 7)) {
      return activeClosed >= NEARLY_ALWAYS * active.size() ? Kind.WEEKENDS : Kind.WEEKLY;
    }
    boolean monthly =
        observed > WINDOW - PERIOD && touched(active, today, PERIOD) == WINDOW / PERIOD;
    return monthly ? Kind.MONTHLY : Kind.SPORADIC;
  }

  /** Periods, counted back from today, with activity. */
  private static int touched(Set<LocalDate> active, LocalDate today, int length) {
    Set<Long> periods = new HashSet<>();
    active.forEach(day -> periods.add((today.toEpochDay() - 1 - day.toEpochDay()) / length));
    return periods.size();
  }

  private static double burstiness(NavigableSet<LocalDate> active) {
    List<Long> gaps = new ArrayList<>();
    LocalDate before = null;
    for (LocalDate day : active) {
      if (before != null) {
        gaps.add(day.toEpochDay() - before.toEpochDay());
      }
      before = day;
    }
    double mean = gaps.stream().mapToLong(Long::longValue).average().orElse(1);
    double variance =
        gaps.stream().mapToDouble(gap -> (gap - mean) * (gap - mean)).average().orElse(0);
    double ratio = Math.sqrt(variance) / mean;
    double more = Math.sqrt(gaps.size() + 1.0);
    double less = Math.sqrt(gaps.size() - 1.0);
    return (more * ratio - less) / ((more - 2) * ratio + less);
  }
}
