package io.tenure.profile.domain.habit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.profile.domain.habit.Finding.Lack;
import io.tenure.profile.domain.habit.Finding.Unknown;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class WeekendShoppersTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 7, 1);

  @Test
  void tellsShoppersApart() {
    assertThat(shopper(day -> day.getDayOfWeek().getValue() == 6)).isTrue();
    assertThat(shopper(day -> day.getDayOfWeek().getValue() == 2)).isFalse();
    assertThat(shopper(day -> true)).isFalse();
  }

  @Test
  void manyHolidaysMakeNobodyAWeekendShopper() {
    Set<LocalDate> holidays =
        Set.copyOf(
            TODAY.minusDays(80).datesUntil(TODAY).filter(day -> day.getDayOfMonth() > 8).toList());
    List<LocalDate> daily = TODAY.minusDays(80).datesUntil(TODAY).toList();
    assertThat(WeekendShoppers.find(daily, TODAY, new BusinessDays(holidays, Set.of())))
        .isEqualTo(new Unknown<>(Lack.NO_PATTERN));
  }

  @Test
  void randomDaysHardlyMakeAShopper() {
    SplittableRandom random = new SplittableRandom(3);
    long found =
        IntStream.range(0, 1_000)
            .filter(
                user ->
                    WeekendShoppers.find(
                            IntStream.range(0, 30)
                                .mapToObj(i -> TODAY.minusDays(1 + random.nextInt(180)))
                                .toList(),
                            TODAY,
                            BusinessDays.WEEKENDS_OFF)
                        .known()
                        .filter(WeekendShopping::weekendShopper)
                        .isPresent())
            .count();
    assertThat(found).isLessThanOrEqualTo(30);
  }

  @Test
  void needsEightDaysWithAPurchase() {
    List<LocalDate> saturdays =
        IntStream.range(1, 9).mapToObj(week -> LocalDate.of(2026, 6, 27).minusWeeks(week)).toList();
    assertThat(WeekendShoppers.find(saturdays.subList(0, 7), TODAY, BusinessDays.WEEKENDS_OFF))
        .isEqualTo(new Unknown<>(Lack.TOO_LITTLE));
    assertThat(WeekendShoppers.find(saturdays, TODAY, BusinessDays.WEEKENDS_OFF).known())
        .isPresent();
  }

  private static boolean shopper(Predicate<LocalDate> buys) {
    List<LocalDate> bought = TODAY.minusDays(120).datesUntil(TODAY).filter(buys).toList();
    return WeekendShoppers.find(bought, TODAY, BusinessDays.WEEKENDS_OFF)
        .known()
        .orElseThrow()
        .weekendShopper();
  }
}
