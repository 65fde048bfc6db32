package io.tenure.profile.domain.habit;

import io.tenure.platform.testing.Generator;
import io.tenure.profile.domain.habit.MonthlyRule.Shift;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Somebody's income with a rule that is known.
 *
 * @param rule what was planted
 * @param flows income and noise, some months without income
 * @param today the first day after them
 */
record PlantedIncome(MonthlyRule rule, List<Flow> flows, LocalDate today) {

  static final int MONTHS = 18;

  /** Weekends, a golden week every October, new year, and a Sunday worked to make up for it. */
  static final BusinessDays DAYS = calendar();

  static Generator<PlantedIncome> any() {
    return random -> {
      Shift shift = Shift.values()[random.nextInt(3)];
      return plant(new MonthlyRule(1 + random.nextInt(31), shift), random);
    };
  }

  static PlantedIncome plant(MonthlyRule rule, RandomGenerator random) {
    YearMonth first = YearMonth.of(2021, 1).plusMonths(random.nextInt(36));
    LocalDate today = first.plusMonths(MONTHS).atDay(1);
    Set<Integer> missing = Set.copyOf(List.of(random.nextInt(9), 9 + random.nextInt(8)));
    List<Flow> flows = new ArrayList<>();
    for (int i = 0; i < MONTHS; i++) {
      YearMonth month = first.plusMonths(i);
      LocalDate payday = rule.in(month, DAYS);
      if (!missing.contains(i) && payday.isBefore(today)) {
        flows.add(new Flow(payday, BigDecimal.valueOf(9_000 + random.nextInt(2_000))));
      }
      for (int noise = random.nextInt(3); noise > 0; noise--) {
        flows.add(
            new Flow(
                month.atDay(1 + random.nextInt(month.lengthOfMonth())),
                BigDecimal.valueOf(1 + random.nextInt(10_000))));
      }
    }
    return new PlantedIncome(rule, flows, today);
  }

  private static BusinessDays calendar() {
    List<LocalDate> holidays = new ArrayList<>();
    List<LocalDate> working = new ArrayList<>();
    for (int year = 2020; year < 2030; year++) {
      holidays.add(LocalDate.of(year, 1, 1));
      for (int day = 1; day <= 7; day++) {
        holidays.add(LocalDate.of(year, 10, day));
      }
      LocalDate sunday = LocalDate.of(year, 10, 8);
      while (sunday.getDayOfWeek().getValue() != 7) {
        sunday = sunday.plusDays(1);
      }
      working.add(sunday);
    }
    return new BusinessDays(Set.copyOf(holidays), Set.copyOf(working));
  }
}
