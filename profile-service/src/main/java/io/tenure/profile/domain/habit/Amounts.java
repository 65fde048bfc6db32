package io.tenure.profile.domain.habit;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Sums, medians and groups of amounts. */
final class Amounts {

  private static final BigDecimal ALIKE = new BigDecimal("1.02");

  private Amounts() {}

  /** What flowed on each day. */
  static NavigableMap<LocalDate, BigDecimal> byDate(Collection<Flow> flows) {
    NavigableMap<LocalDate, BigDecimal> sums = new TreeMap<>();
    flows.forEach(flow -> sums.merge(flow.date(), flow.amount(), BigDecimal::add));
    return sums;
  }

  /** The upper one of two in the middle. */
  static BigDecimal median(List<BigDecimal> amounts) {
    return amounts.stream().sorted().toList().get(amounts.size() / 2);
  }

  /**
   * The flows of at least half of what the largest flow of a month typically is: income beside the
   * small change that would hide its rhythm.
   */
  static List<Flow> large(List<Flow> flows) {
    Map<YearMonth, BigDecimal> largest = new HashMap<>();
    flows.forEach(
        flow -> largest.merge(YearMonth.from(flow.date()), flow.amount(), BigDecimal::max));
    if (largest.isEmpty()) {
      return List.of();
    }
    BigDecimal typical = median(List.copyOf(largest.values()));
    return flows.stream()
        .filter(flow -> flow.amount().add(flow.amount()).compareTo(typical) >= 0)
        .toList();
  }

  /** Flows of about the same amount, each at most 2 % above the next smaller one of its group. */
  static List<List<Flow>> alike(List<Flow> flows) {
    List<List<Flow>> groups = new ArrayList<>();
    BigDecimal last = null;
    for (Flow flow : flows.stream().sorted(Comparator.comparing(Flow::amount)).toList()) {
      if (last == null || flow.amount().compareTo(last.multiply(ALIKE)) > 0) {
        groups.add(new ArrayList<>());
      }
      groups.getLast().add(flow);
      last = flow.amount();
    }
    return groups;
  }
}
