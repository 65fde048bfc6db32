package io.tenure.segment.domain.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

final class PeriodUnitTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @Test
  void weeksRunFromMondayToSunday() {
    int week = index(PeriodUnit.WEEK, "2026-03-04");
    assertThat(PeriodUnit.WEEK.label(week)).isEqualTo("2026-03-02");
    assertThat(index(PeriodUnit.WEEK, "2026-03-08")).isEqualTo(week);
    assertThat(index(PeriodUnit.WEEK, "2026-03-09")).isEqualTo(week + 1);
  }

  @Test
  void weeksMayRunFromSundayToSaturday() {
    int week = index(PeriodUnit.WEEK_FROM_SUNDAY, "2026-03-04");
    assertThat(PeriodUnit.WEEK_FROM_SUNDAY.label(week)).isEqualTo("2026-03-01");
    assertThat(index(PeriodUnit.WEEK_FROM_SUNDAY, "2026-03-07")).isEqualTo(week);
    assertThat(index(PeriodUnit.WEEK_FROM_SUNDAY, "2026-03-08")).isEqualTo(week + 1);
  }

  @Test
  void quartersAndYearsStartWithTheirFirstMonth() {
    assertThat(PeriodUnit.QUARTER.label(index(PeriodUnit.QUARTER, "2026-06-30")))
        .isEqualTo("2026-04-01");
    assertThat(PeriodUnit.YEAR.label(index(PeriodUnit.YEAR, "2026-06-30"))).isEqualTo("2026-01-01");
  }

  @Test
  void anHourTheClockShowsTwiceIsOnePeriodOfTwoHours() {
    Instant first = Instant.parse("2026-10-25T00:30:00Z");
    int hour = PeriodUnit.HOUR.indexOf(first, BERLIN);
    assertThat(PeriodUnit.HOUR.label(hour)).isEqualTo("2026-10-25T02:00");
    assertThat(PeriodUnit.HOUR.indexOf(first.plus(Duration.ofHours(1)), BERLIN)).isEqualTo(hour);
    assertThat(
            Duration.between(
                PeriodUnit.HOUR.startOf(hour, BERLIN), PeriodUnit.HOUR.endOf(hour, BERLIN)))
        .isEqualTo(Duration.ofHours(2));
  }

  @Test
  void onlyTheFirstDayIsTheNameOfAPeriod() {
    assertThat(PeriodUnit.MONTH.ofLabel("2026-03-02")).isEqualTo(Periods.NONE);
    assertThat(PeriodUnit.DAY.ofLabel("today")).isEqualTo(Periods.NONE);
  }

  @Test
  void monthsStartOnTheFirst() {
    int month = index(PeriodUnit.MONTH, "2025-12-31");
    assertThat(PeriodUnit.MONTH.startOf(month)).isEqualTo("2025-12-01");
    assertThat(PeriodUnit.MONTH.startOf(month + 1)).isEqualTo("2026-01-01");
  }

  @Test
  void aDayOfTwentyThreeHoursIsOneDay() {
    int day = index(PeriodUnit.DAY, "2026-03-29");
    Instant start = PeriodUnit.DAY.startOf(day, BERLIN);
    Instant end = PeriodUnit.DAY.startOf(day + 1, BERLIN);
    assertThat(Duration.between(start, end)).isEqualTo(Duration.ofHours(23));
    assertThat(PeriodUnit.DAY.indexOf(end.minusMillis(1), BERLIN)).isEqualTo(day);
    assertThat(PeriodUnit.DAY.hasEnded(day, BERLIN, end.minusMillis(1))).isFalse();
    assertThat(PeriodUnit.DAY.hasEnded(day, BERLIN, end)).isTrue();
  }

  @Test
  void theDayDependsOnTheZone() {
    Instant evening = Instant.parse("2026-03-01T17:00:00Z");
    int utc = PeriodUnit.DAY.indexOf(evening, ZoneId.of("UTC"));
    assertThat(PeriodUnit.DAY.indexOf(evening, ZoneId.of("Asia/Shanghai"))).isEqualTo(utc + 1);
  }

  private static int index(PeriodUnit unit, String date) {
    return unit.indexOf(LocalDate.parse(date).atStartOfDay());
  }
}
