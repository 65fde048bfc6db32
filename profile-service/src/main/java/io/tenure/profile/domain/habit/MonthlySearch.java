package io.tenure.profile.domain.habit;

import io.tenure.profile.domain.habit.Finding.Lack;
import io.tenure.profile.domain.habit.MonthlyRule.Shift;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rule that money follows, if any: every day of the month, with every shift, exact or a
 * day to either side, is tried as an explanation of the dates. The one that chance explains least
 * wins, provided that chance hardly explains it even after so many tries (Bonferroni 1936), that it
 * held in most months, and that it still holds.
 *
 * <p>Chance means: the days of a month on which money flowed are any of its days. Months without
 * money therefore say nothing against chance, and a pattern survives them.
 */
final class MonthlySearch {

  /** Months with money, below which nothing is looked for. */
  static final int LEAST_MONTHS = 3;

  /** Probability that a search among random dates finds anything. */
  static final double SIGNIFICANCE = 0.001;

  /** Part of the months in which the rule must have held. */
  static final double LEAST_SUPPORT = 0.6;

  /** Dates in a row that may be missed before a habit counts as given up. */
  static final int MOST_MISSES = 2;

  private static final int[] SLACKS = {0, 1};
  private static final int RULES = MonthlyRule.MONTH_END * Shift.values().length * SLACKS.length;

  private final NavigableMap<LocalDate, BigDecimal> flows;
  private final LocalDate today;
  private final BusinessDays days;
  private final Map<YearMonth, Integer> marked = new HashMap<>();

  /**
   * A search.
   *
   * @param flows amounts by date
   * @param today the first day nothing is known about yet
   */
  MonthlySearch(NavigableMap<LocalDate, BigDecimal> flows, LocalDate today, BusinessDays days) {
    this.flows = flows.headMap(today, false);
    this.today = today;
    this.days = days;
    this.flows.keySet().forEach(date -> marked.merge(YearMonth.from(date), 1, Integer::sum));
  }

  Finding<MonthlyPattern> find() {
    if (marked.size() < LEAST_MONTHS) {
      return new Finding.Unknown<>(Lack.TOO_LITTLE);
    }
    Explanation best = null;
    boolean ended = false;
    for (int slack : SLACKS) {
      for (Shift shift : Shift.values()) {
        for (int day = 1; day <= MonthlyRule.MONTH_END; day++) {
          Explanation found = explain(new MonthlyRule(day, shift), slack);
          if (found == null || found.chance() * RULES >= SIGNIFICANCE) {
            continue;
          }
          if (found.misses() > MOST_MISSES) {
            ended = true;
          } else if (best == null || found.chance() < best.chance()) {
            best = found;
          }
        }
      }
    }
    if (best != null) {
      return new Finding.Known<>(pattern(best));
    }
    return new Finding.Unknown<>(ended ? Lack.ENDED : Lack.NO_PATTERN);
  }

  /** How well a rule explains the dates, from whichever month on it does so best. */
  private @Nullable Explanation explain(MonthlyRule rule, int slack) {
    List<LocalDate> dates = dates(rule, slack);
    int count = dates.size();
    boolean[] hit = new boolean[count];
    double[] chances = new double[count];
    int misses = count;
    for (int i = 0; i < count; i++) {
      LocalDate date = dates.get(i);
      hit[i] = nearest(date, slack) != null;
      if (hit[i]) {
        misses = count - 1 - i;
      }
      chances[i] = chance(date, slack);
    }
    Explanation best = null;
    int hits = 0;
    int end = count - misses;
    for (int start = end - 1; start >= 0; start--) {
      if (!hit[start]) {
        continue;
      }
      hits++;
      if (hits < LEAST_MONTHS || hits < LEAST_SUPPORT * (end - start)) {
        continue;
      }
      double chance = count * Chance.atLeast(hits, chances, start);
      if (best == null || chance < best.chance()) {
        best = new Explanation(rule, slack, dates.subList(start, count), hits, misses, chance);
      }
    }
    return best;
  }

  /** That money on random days comes on a date or so near to it; the days may be of two months. */
  private double chance(LocalDate date, int slack) {
    LocalDate first = date.minusDays(slack);
    LocalDate last = date.plusDays(slack);
    int stretch = 2 * slack + 1;
    if (first.getMonth() == last.getMonth()) {
      return touches(first, stretch);
    }
    int ofLast = last.getDayOfMonth();
    return 1 - (1 - touches(first, stretch - ofLast)) * (1 - touches(last, ofLast));
  }

  private double touches(LocalDate date, int stretch) {
    int money = marked.getOrDefault(YearMonth.from(date), 0);
    return Chance.touches(money, stretch, date.lengthOfMonth());
  }

  /** The dates of a rule that are as far in the past as the first flow, and over. */
  private List<LocalDate> dates(MonthlyRule rule, int slack) {
    LocalDate first = flows.firstKey().minusDays(slack);
    YearMonth last = YearMonth.from(today).plusMonths(1);
    List<LocalDate> dates = new ArrayList<>();
    for (YearMonth month = YearMonth.from(first).minusMonths(1);
        !month.isAfter(last);
        month = month.plusMonths(1)) {
      LocalDate date = rule.in(month, days);
      if (!date.isBefore(first) && date.plusDays(slack).isBefore(today)) {
        dates.add(date);
      }
    }
    return dates;
  }

  private @Nullable LocalDate nearest(LocalDate date, int slack) {
    for (int distance = 0; distance <= slack; distance++) {
      if (flows.containsKey(date.minusDays(distance))) {
        return date.minusDays(distance);
      }
      if (flows.containsKey(date.plusDays(distance))) {
        return date.plusDays(distance);
      }
    }
    return null;
  }

  private MonthlyPattern pattern(Explanation found) {
    List<LocalDate> met = met(found.rule(), found.slack(), found.dates().getFirst());
    return new MonthlyPattern(
        found.rule(),
        found.slack(),
        found.hits(),
        found.dates().size(),
        met.getLast(),
        Amounts.median(met.stream().map(flows::get).toList()));
  }

  /** The flows a rule explains. */
  List<LocalDate> met(MonthlyRule rule, int slack, LocalDate from) {
    List<LocalDate> met = new ArrayList<>();
    for (LocalDate date : dates(rule, slack)) {
      LocalDate flow = date.isBefore(from) ? null : nearest(date, slack);
      if (flow != null) {
        met.add(flow);
      }
    }
    return met;
  }

  /** A rule, the dates it should have been met on, and how it did. */
  private record Explanation(
      MonthlyRule rule, int slack, List<LocalDate> dates, int hits, int misses, double chance) {}
}
