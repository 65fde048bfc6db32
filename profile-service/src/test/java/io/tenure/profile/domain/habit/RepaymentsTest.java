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
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class RepaymentsTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 7, 1);

  @Test
  void findsAnInstalmentAmongSpending() {
    Property.forAll(
        random -> (Long) random.nextLong(),
        seed -> {
          SplittableRandom random = new SplittableRandom(seed);
          MonthlyRule rule = new MonthlyRule(1 + random.nextInt(31), Shift.NEXT);
          List<Flow> flows = new ArrayList<>(instalments(rule, 14, 8_033));
          for (int i = 0; i < 200; i++) {
            flows.add(flow(TODAY.minusDays(1 + random.nextInt(420)), 10 + random.nextInt(5_000)));
          }
          MonthlyPattern found =
              Repayments.find(flows, TODAY, BusinessDays.WEEKENDS_OFF)
                  .known()
                  .orElseThrow()
                  .getFirst();
          assertThat(found.amount()).isEqualTo(BigDecimal.valueOf(8_033));
          assertThat(found.next(TODAY, BusinessDays.WEEKENDS_OFF))
              .isEqualTo(rule.next(TODAY, BusinessDays.WEEKENDS_OFF));
        });
  }

  @Test
  void tellsTwoLoansApartThatArePaidOnOneDay() {
    MonthlyRule rule = new MonthlyRule(5, Shift.NONE);
    List<Flow> flows = new ArrayList<>(instalments(rule, 8, 900));
    flows.addAll(instalments(rule, 8, 3_000));
    assertThat(
            Repayments.find(flows, TODAY, BusinessDays.WEEKENDS_OFF).known().orElseThrow().stream()
                .map(MonthlyPattern::amount))
        .containsExactly(BigDecimal.valueOf(3_000), BigDecimal.valueOf(900));
  }

  @Test
  void findsACardPaidInVaryingAmounts() {
    List<Flow> flows = new ArrayList<>();
    for (int i = 1; i <= 8; i++) {
      flows.add(flow(YearMonth.from(TODAY).minusMonths(i).atDay(20), 100 * i));
    }
    assertThat(
            Repayments.find(flows, TODAY, BusinessDays.WEEKENDS_OFF)
                .known()
                .orElseThrow()
                .getFirst()
                .rule()
                .day())
        .isEqualTo(20);
  }

  @Test
  void nothingPaidIsTooLittle() {
    assertThat(Repayments.find(List.of(), TODAY, BusinessDays.WEEKENDS_OFF))
        .isEqualTo(new Unknown<>(Lack.TOO_LITTLE));
  }

  private static List<Flow> instalments(MonthlyRule rule, int months, int amount) {
    List<Flow> flows = new ArrayList<>();
    for (int i = 1; i <= months; i++) {
      flows.add(
          flow(rule.in(YearMonth.from(TODAY).minusMonths(i), BusinessDays.WEEKENDS_OFF), amount));
    }
    return flows;
  }

  private static Flow flow(LocalDate date, int amount) {
    return new Flow(date, BigDecimal.valueOf(amount));
  }
}
