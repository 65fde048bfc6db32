package io.tenure.profile.domain.habit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.platform.testing.Property;
import io.tenure.profile.domain.habit.Finding.Lack;
import io.tenure.profile.domain.habit.Finding.Unknown;
import io.tenure.profile.domain.habit.MonthlyRule.Shift;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PaydaysTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 7, 1);

  @Test
  void findsEveryPlantedRuleAmongNoiseAndMissingMonths() {
    Property.forAll(
        PlantedIncome.any(),
        income -> {
          MonthlyPattern found = first(income.flows(), income.today(), PlantedIncome.DAYS);
          YearMonth month = YearMonth.from(income.today());
          for (int i = 0; i < 3; i++) {
            assertThat(found.rule().in(month.plusMonths(i), PlantedIncome.DAYS))
                .isEqualTo(income.rule().in(month.plusMonths(i), PlantedIncome.DAYS));
          }
        });
  }

  @Test
  void theOrderOfFlowsDoesNotMatter() {
    Property.forAll(
        20,
        PlantedIncome.any(),
        income ->
            assertThat(Paydays.find(income.flows().reversed(), income.today(), PlantedIncome.DAYS))
                .isEqualTo(Paydays.find(income.flows(), income.today(), PlantedIncome.DAYS)));
  }

  @Test
  void findsHardlyAnythingInRandomDates() {
    SplittableRandom random = new SplittableRandom(7);
    int found = 0;
    for (int user = 0; user < 1_000; user++) {
      List<Flow> flows =
          IntStream.range(0, 12 + random.nextInt(36))
              .mapToObj(i -> flow(TODAY.minusDays(1 + random.nextInt(540)), 1_000))
              .toList();
      found += find(flows).known().isPresent() ? 1 : 0;
    }
    assertThat(found).isLessThanOrEqualTo(5);
  }

  @Test
  void movesThe25thToFridayBeforeAWeekend() {
    MonthlyRule friday = new MonthlyRule(25, Shift.PREVIOUS);
    MonthlyPattern found = first(monthly(friday, 15, 9_000), TODAY, BusinessDays.WEEKENDS_OFF);
    assertThat(found.rule()).isEqualTo(friday);
    assertThat(found.hits()).isEqualTo(15);
    assertThat(found.confidence()).isEqualTo(16 / 17.0);
    assertThat(found.next(TODAY, BusinessDays.WEEKENDS_OFF)).isEqualTo("2026-07-24");
  }

  @Test
  void knowsTheLastOpenDayOfTheMonth() {
    MonthlyRule end = new MonthlyRule(MonthlyRule.MONTH_END, Shift.PREVIOUS);
    MonthlyPattern found = first(monthly(end, 15, 9_000), TODAY, BusinessDays.WEEKENDS_OFF);
    assertThat(found.rule()).isEqualTo(end);
    assertThat(found.next(LocalDate.of(2027, 2, 1), BusinessDays.WEEKENDS_OFF))
        .isEqualTo("2027-02-26");
  }

  @Test
  void skipsHolidaysAndUsesWorkedWeekends() {
    LocalDate sunday = LocalDate.of(2026, 7, 26);
    LocalDate saturday = LocalDate.of(2026, 7, 25);
    MonthlyRule previous = new MonthlyRule(26, Shift.PREVIOUS);
    assertThat(previous.in(YearMonth.of(2026, 7), new BusinessDays(Set.of(), Set.of(saturday))))
        .isEqualTo(saturday);
    assertThat(
            previous.in(
                YearMonth.of(2026, 7), new BusinessDays(Set.of(sunday.minusDays(2)), Set.of())))
        .isEqualTo("2026-07-23");
  }

  @Test
  void findsBothPaydaysAndTheLargerFirst() {
    List<Flow> flows = new ArrayList<>(monthly(new MonthlyRule(10, Shift.NONE), 12, 4_000));
    flows.addAll(monthly(new MonthlyRule(25, Shift.NONE), 12, 5_000));
    assertThat(find(flows).known().orElseThrow())
        .extracting(pattern -> pattern.rule().day())
        .containsExactly(25, 10);
  }

  @Test
  void findsTheSalaryAmongDailySmallChange() {
    List<Flow> flows = new ArrayList<>(monthly(new MonthlyRule(15, Shift.NONE), 12, 9_000));
    for (int i = 1; i < 360; i++) {
      flows.add(flow(TODAY.minusDays(i), 20));
    }
    assertThat(find(flows).known().orElseThrow()).hasSize(1);
    assertThat(first(flows, TODAY, BusinessDays.WEEKENDS_OFF).rule().day()).isEqualTo(15);
  }

  @Test
  void toleratesADayOfJitter() {
    List<Flow> flows = new ArrayList<>();
    int[] jitter = {0, 1, -1, 0, 1, 0, -1, -1, 0, 1};
    for (int i = 0; i < jitter.length; i++) {
      flows.add(flow(YearMonth.of(2026, 6).minusMonths(i).atDay(12).plusDays(jitter[i]), 9_000));
    }
    MonthlyPattern found = first(flows, TODAY, BusinessDays.WEEKENDS_OFF);
    assertThat(found.slack()).isEqualTo(1);
    assertThat(found.next(TODAY, BusinessDays.WEEKENDS_OFF)).isEqualTo("2026-07-12");
  }

  @Test
  void followsAChangeOfPayday() {
    List<Flow> flows = new ArrayList<>(monthly(new MonthlyRule(25, Shift.NONE), 6, 9_000));
    for (int i = 6; i < 18; i++) {
      flows.add(flow(YearMonth.of(2026, 6).minusMonths(i).atDay(10), 9_000));
    }
    assertThat(first(flows, TODAY, BusinessDays.WEEKENDS_OFF).rule().day()).isEqualTo(25);
  }

  @Test
  void anIncomeThatStoppedIsNoHabit() {
    List<Flow> flows =
        monthly(new MonthlyRule(10, Shift.NONE), 12, 9_000).stream()
            .filter(flow -> flow.date().isBefore(LocalDate.of(2026, 4, 1)))
            .toList();
    assertThat(find(flows)).isEqualTo(new Unknown<>(Lack.ENDED));
    assertThat(Paydays.find(flows, LocalDate.of(2026, 6, 5), BusinessDays.WEEKENDS_OFF).known())
        .isPresent();
  }

  @Test
  void needsFourExactMonths() {
    MonthlyRule rule = new MonthlyRule(10, Shift.NONE);
    assertThat(find(List.of())).isEqualTo(new Unknown<>(Lack.TOO_LITTLE));
    assertThat(find(monthly(rule, 2, 9_000))).isEqualTo(new Unknown<>(Lack.TOO_LITTLE));
    assertThat(find(monthly(rule, 3, 9_000))).isEqualTo(new Unknown<>(Lack.NO_PATTERN));
    assertThat(find(monthly(rule, 4, 9_000)).known()).isPresent();
  }

  @Test
  void seesNothingOfTodayAndLater() {
    List<Flow> flows = monthly(new MonthlyRule(10, Shift.NONE), 12, 9_000);
    LocalDate past = LocalDate.of(2025, 9, 10);
    assertThat(Paydays.find(flows, past, BusinessDays.WEEKENDS_OFF))
        .isEqualTo(new Unknown<>(Lack.TOO_LITTLE));
  }

  private static List<Flow> monthly(MonthlyRule rule, int months, int amount) {
    return IntStream.rangeClosed(1, months)
        .mapToObj(i -> YearMonth.from(TODAY).minusMonths(i))
        .map(month -> flow(rule.in(month, BusinessDays.WEEKENDS_OFF), amount))
        .toList();
  }

  private static Flow flow(LocalDate date, int amount) {
    return new Flow(date, BigDecimal.valueOf(amount));
  }

  private static Finding<List<MonthlyPattern>> find(List<Flow> flows) {
    return Paydays.find(flows, TODAY, BusinessDays.WEEKENDS_OFF);
  }

  private static MonthlyPattern first(List<Flow> flows, LocalDate today, BusinessDays days) {
    return Paydays.find(flows, today, days).known().orElseThrow().getFirst();
  }
}
