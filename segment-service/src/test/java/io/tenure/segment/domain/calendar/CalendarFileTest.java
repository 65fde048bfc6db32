package io.tenure.segment.domain.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.FieldViolation;
import java.time.LocalDate;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CalendarFileTest {

  @ParameterizedTest
  @CsvSource({
    "cn-exchanges, 2024, 242", "cn-exchanges, 2025, 243", "cn-exchanges, 2026, 242",
    "cn-workdays, 2024, 251", "cn-workdays, 2025, 248", "cn-workdays, 2026, 248",
    "weekdays, 2026, 261"
  })
  void shippedCalendarsHaveThePublishedNumberOfDays(String id, int year, long days) {
    OpenDays open = new OpenDays(Objects.requireNonNull(new ShippedCalendars().all().get(id)));
    LocalDate first = LocalDate.of(year, 1, 1);
    assertThat(IntStream.range(0, first.lengthOfYear()).mapToObj(first::plusDays))
        .filteredOn(open::isOpen)
        .hasSize((int) days);
  }

  @Test
  void theExchangeIsClosedOnMakeUpDaysAndOfficesWork() {
    LocalDate sunday = LocalDate.parse("2026-02-28");
    assertThat(
            new OpenDays(Objects.requireNonNull(new ShippedCalendars().all().get("cn-exchanges")))
                .isOpen(sunday))
        .isFalse();
    assertThat(
            new OpenDays(Objects.requireNonNull(new ShippedCalendars().all().get("cn-workdays")))
                .isOpen(sunday))
        .isTrue();
  }

  @Test
  void aFileIsReadAsItIsWritten() {
    for (BusinessCalendar calendar : new ShippedCalendars().all().values()) {
      assertThat(CalendarFile.read("calendar", CalendarFile.write(calendar))).isEqualTo(calendar);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"id\": \"X\"} | calendar",
        "{\"colour\": 1} | calendar",
        "{\"first_year\": \"2026\"} | calendar.first_year",
        "{\"last_year\": 1969} | calendar",
        "{\"time_zone\": \"+08:00\"} | calendar.time_zone",
        "{\"closed_weekdays\": [\"WEEKDAY_SUNDAY\", \"SUNDAY\"]} | calendar.closed_weekdays[1]",
        "{\"closed_dates\": [{\"first_date\": \"2026-02-30\"}]} |"
            + " calendar.closed_dates[0].first_date",
        "{\"closed_dates\": [{\"first_date\": \"2026-02-03\", \"last_date\": \"2026-02-02\"}]} |"
            + " calendar.closed_dates[0]",
        "{\"closed_dates\": [{\"first_date\": \"2027-02-03\"}]} | calendar",
        "{\"closed_dates\": [{\"first_date\": \"2026-02-03\"}, {\"first_date\": \"2026-02-03\"}]} |"
            + " calendar",
        "{\"open_dates\": [{\"first_date\": \"2026-02-03\"}]} | calendar",
        "{\"open_dates\": {}} | calendar.open_dates",
        "{\"display_name\": 5} | calendar.display_name",
        "[] | calendar",
        "{ | calendar"
      })
  void whatIsWrongIsNamed(String change, String field) {
    String good = "{\"id\": \"desk\", \"first_year\": 2026, \"last_year\": 2026";
    String text = change.startsWith("{\"") ? merged(good, change) : change;
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> CalendarFile.read("calendar", text))
        .satisfies(
            failure ->
                assertThat(failure.violations())
                    .extracting(FieldViolation::field)
                    .containsExactly(field));
  }

  /** The good file, whose fields the change replaces. */
  private static String merged(String good, String change) {
    String field = change.substring(1, change.indexOf(':'));
    int at = good.indexOf(field);
    String kept = good;
    if (at >= 0) {
      int comma = good.indexOf(',', at);
      kept =
          comma < 0
              ? good.substring(0, good.lastIndexOf(','))
              : good.replace(good.substring(at, comma + 1), "");
    }
    return kept + ", " + change.substring(1);
  }
}
