package io.tenure.profile.domain.habit;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;

/**
 * When income comes. The large inflows are searched first, because small change would hide their
 * rhythm; whatever a pattern explains is taken out and the rest searched for a second one.
 */
public final class Paydays {

  private static final int MOST = 2;

  private Paydays() {}

  /**
   * Finds up to two days of a month on which income comes.
   *
   * @param inflows in any order
   * @param today the first day nothing is known about yet
   * @return the one that brings the most money first; known findings have at least one
   */
  public static Finding<List<MonthlyPattern>> find(
      List<Flow> inflows, LocalDate today, BusinessDays days) {
    NavigableMap<LocalDate, BigDecimal> rest = Amounts.byDate(inflows);
    List<MonthlyPattern> found = new ArrayList<>();
    Finding<MonthlyPattern> finding =
        take(Amounts.byDate(Amounts.large(inflows)), rest, found, today, days);
    while (found.size() < MOST) {
      int before = found.size();
      Finding<MonthlyPattern> next = take(rest, rest, found, today, days);
      if (found.size() == before) {
        finding = next;
        break;
      }
    }
    if (found.isEmpty()) {
      return finding.map(List::of);
    }
    found.sort(Comparator.comparing(MonthlyPattern::weight).reversed());
    return new Finding.Known<>(List.copyOf(found));
  }

  private static Finding<MonthlyPattern> take(
      NavigableMap<LocalDate, BigDecimal> searched,
      NavigableMap<LocalDate, BigDecimal> rest,
      List<MonthlyPattern> found,
      LocalDate today,
      BusinessDays days) {
    MonthlySearch search = new MonthlySearch(searched, today, days);
    Finding<MonthlyPattern> finding = search.find();
    if (finding instanceof Finding.Known<MonthlyPattern>(MonthlyPattern pattern)) {
      found.add(pattern);
      search.met(pattern.rule(), pattern.slack(), LocalDate.MIN).forEach(rest::remove);
    }
    return finding;
  }
}
