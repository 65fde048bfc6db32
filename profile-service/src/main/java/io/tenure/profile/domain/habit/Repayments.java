package io.tenure.profile.domain.habit;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * When debts are paid. An instalment has the same amount every month, so outflows of about the same
 * amount are searched together; only when none of these groups has a rhythm, all outflows are, for
 * debts paid in varying amounts.
 */
public final class Repayments {

  private static final int MOST = 5;

  private Repayments() {}

  /**
   * Finds up to five outflows that come back every month.
   *
   * @param outflows in any order
   * @param today the first day nothing is known about yet
   * @return the largest amount first; known findings have at least one
   */
  public static Finding<List<MonthlyPattern>> find(
      List<Flow> outflows, LocalDate today, BusinessDays days) {
    List<MonthlyPattern> found = new ArrayList<>();
    for (List<Flow> group : Amounts.alike(outflows)) {
      search(group, today, days).known().ifPresent(found::add);
    }
    if (found.isEmpty()) {
      return search(outflows, today, days).map(List::of);
    }
    found.sort(Comparator.comparing(MonthlyPattern::amount).reversed());
    return new Finding.Known<>(List.copyOf(found.subList(0, Math.min(MOST, found.size()))));
  }

  private static Finding<MonthlyPattern> search(
      List<Flow> flows, LocalDate today, BusinessDays days) {
    return new MonthlySearch(Amounts.byDate(flows), today, days).find();
  }
}
