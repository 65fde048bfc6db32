package io.tenure.segment.domain.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tenure.condition.domain.TimeRange;
import io.tenure.segment.domain.calendar.OpenDays;
import io.tenure.segment.domain.calendar.ShippedCalendars;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class OpenDayPeriodsTest {

  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
  private static final OpenDays DAYS =
      new OpenDays(Objects.requireNonNull(new ShippedCalendars().all().get("cn-exchanges")));
  private static final Periods NEXT = new OpenDayPeriods(DAYS, ClosedDays.NEXT_OPEN_DAY);
  private static final Periods LEFT_OUT = new OpenDayPeriods(DAYS, ClosedDays.LEFT_OUT);

  @Test
  void theTradingDayAfterAHolidayIsTheNextPeriod() {
    int before = NEXT.ofLabel("2026-02-13");
    assertThat(NEXT.ofLabel("2026-02-24")).isEqualTo(before + 1);
    assertThat(NEXT.ofLabel("2026-02-14")).isEqualTo(Periods.NONE);
  }

  @Test
  void closedDaysCountForTheNextOpenDayOrAreLeftOut() {
    LocalDateTime saturday = LocalDateTime.parse("2026-03-07T12:00");
    int monday = NEXT.ofLabel("2026-03-09");
    assertThat(NEXT.indexOf(saturday)).isEqualTo(monday);
    assertThat(NEXT.begin(monday)).isEqualTo("2026-03-07T00:00");
    assertThat(NEXT.label(monday)).isEqualTo("2026-03-09");
    assertThat(LEFT_OUT.indexOf(saturday)).isEqualTo(Periods.NONE);
    assertThat(LEFT_OUT.begin(monday)).isEqualTo("2026-03-09T00:00");
    assertThat(LEFT_OUT.end(monday)).isEqualTo("2026-03-10T00:00");
  }

  @Test
  void aRangeTouchesThePeriodsItsDaysBelongTo() {
    Scope weekend = scope("2026-03-06T16:00:00Z", "2026-03-08T16:00:00Z");
    int monday = NEXT.ofLabel("2026-03-09");
    assertThat(weekend.firstPeriod(NEXT)).isEqualTo(monday);
    assertThat(weekend.lastPeriod(NEXT)).isEqualTo(monday);
    assertThat(weekend.firstPeriod(LEFT_OUT)).isEqualTo(monday);
    assertThat(weekend.lastPeriod(LEFT_OUT)).isEqualTo(monday - 1);
  }

  @Test
  void whatIsNotCoveredIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NEXT.indexOf(LocalDateTime.parse("2027-01-01T00:00")))
        .withMessage("The calendar 'cn-exchanges' covers 2024 to 2026; the query reaches beyond");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NEXT.indexOf(LocalDateTime.parse("2023-12-31T23:59")));
    assertThatIllegalArgumentException().isThrownBy(() -> NEXT.end(NEXT.ofLabel("2026-12-31") + 1));
  }

  private static Scope scope(String start, String end) {
    return new Scope(new TimeRange(Instant.parse(start), Instant.parse(end)), SHANGHAI, null);
  }
}
