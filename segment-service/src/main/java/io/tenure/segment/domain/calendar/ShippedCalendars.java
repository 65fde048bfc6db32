package io.tenure.segment.domain.calendar;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The calendars that come with Tenure, so that trading days work without any set-up. */
public final class ShippedCalendars {

  private static final List<String> IDS = List.of("cn-exchanges", "cn-workdays", "weekdays");

  private final Map<String, BusinessCalendar> calendars = new TreeMap<>();

  /** Reads them from the calendar files among the resources. */
  public ShippedCalendars() {
    IDS.forEach(id -> calendars.put(id, read(id)));
  }

  /** All of them by id. */
  public Map<String, BusinessCalendar> all() {
    return calendars;
  }

  private static BusinessCalendar read(String id) {
    String name = "/calendars/" + id + ".json";
    try (InputStream file = ShippedCalendars.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new IllegalStateException("There is no " + name);
      }
      return CalendarFile.read("calendar", new String(file.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
  }
}
