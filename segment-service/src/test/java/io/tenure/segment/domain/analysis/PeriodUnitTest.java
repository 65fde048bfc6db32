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
    int week = PeriodUnit.WEEK.indexOf(LocalDate.parse("2026-03-04"));
    assertThat(PeriodUnit.WEEK.startOf(week)).isEqualTo("2026-03-02");
    assertThat(PeriodUnit.WEEK.indexOf(LocalDate.parse("2026-03-08"))).isEqualTo(week);
    assertThat(PeriodUnit.WEEK.indexOf(LocalDate.parse("2026-03-09"))).isEqualTo(week + 1);
  }

  @Test
  void monthsStartOnTheFirst() {
    int month = PeriodUnit.MONTH.indexOf(LocalDate.parse("2025-12-31"));
    assertThat(PeriodUnit.MONTH.startOf(month)).isEqualTo("2025-12-01");
    assertThat(PeriodUnit.MONTH.startOf(month + 1)).isEqualTo("2026-01-01");
  }

  @Test
  void aDayOfTwentyThreeHoursIsOneDay() {
    int day = PeriodUnit.DAY.indexOf(LocalDate.parse("2026-03-29"));
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
}
