package io.tenure.segment.domain.calendar;

import io.tenure.platform.failure.Failure;
import java.time.DayOfWeek;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The file format of calendars, JSON. The same text is what the API takes and returns, what is
 * stored, and what comes with Tenure, so a calendar is read in one place.
 */
public final class CalendarFile {

  static final String WEEKDAY = "WEEKDAY_";

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .build();

  private CalendarFile() {}

  /**
   * Reads a calendar.
   *
   * @param path what to call it in violations
   * @throws Failure INVALID_ARGUMENT that names every wrong field
   */
  public static BusinessCalendar read(String path, String text) {
    JsonNode file;
    try {
      file = MAPPER.readTree(text);
    } catch (JacksonException notJson) {
      throw Failure.invalid(path, "is no JSON");
    }
    if (!file.isObject()) {
      throw Failure.invalid(path, "must be a JSON object");
    }
    return new CalendarReading(path, file).calendar();
  }

  /** Writes a calendar; what is empty is left out. */
  public static String write(BusinessCalendar calendar) {
    Map<String, Object> file = new LinkedHashMap<>();
    file.put("id", calendar.id());
    put(file, "display_name", calendar.displayName());
    put(file, "description", calendar.description());
    put(file, "source", calendar.source());
    put(file, "region", calendar.region());
    if (calendar.zone() != null) {
      file.put("time_zone", calendar.zone().getId());
    }
    file.put(
        "closed_weekdays",
        calendar.closedWeekdays().stream().sorted().map(CalendarFile::weekday).toList());
    file.put("first_year", calendar.firstYear());
    file.put("last_year", calendar.lastYear());
    file.put("closed_dates", calendar.closedDates().stream().map(CalendarFile::span).toList());
    file.put("open_dates", calendar.openDates().stream().map(CalendarFile::span).toList());
    file.values().removeIf(value -> value instanceof List<?> list && list.isEmpty());
    return MAPPER.writeValueAsString(file);
  }

  private static void put(Map<String, Object> file, String name, String text) {
    if (!text.isEmpty()) {
      file.put(name, text);
    }
  }

  private static String weekday(DayOfWeek weekday) {
    return WEEKDAY + weekday.name();
  }

  private static Map<String, String> span(DateSpan span) {
    Map<String, String> dates = new LinkedHashMap<>();
    dates.put("first_date", span.firstDate().toString());
    if (!span.lastDate().equals(span.firstDate())) {
      dates.put("last_date", span.lastDate().toString());
    }
    if (!span.name().isEmpty()) {
      dates.put("name", span.name());
    }
    return dates;
  }
}
