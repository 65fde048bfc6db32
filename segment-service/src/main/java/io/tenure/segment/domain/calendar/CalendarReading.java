package io.tenure.segment.domain.calendar;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.FieldViolation;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads one calendar file and collects everything that is wrong with it. */
final class CalendarReading {

  private static final Set<String> FIELDS =
      Set.of(
          "id",
          "display_name",
          "description",
          "source",
          "region",
          "time_zone",
          "closed_weekdays",
          "first_year",
          "last_year",
          "closed_dates",
          "open_dates");
  private static final Set<String> SPAN_FIELDS = Set.of("first_date", "last_date", "name");

  private final String path;
  private final JsonNode file;
  private final List<FieldViolation> violations = new ArrayList<>();

  CalendarReading(String path, JsonNode file) {
    this.path = path;
    this.file = file;
  }

  BusinessCalendar calendar() {
    onlyFields(path, file, FIELDS);
    String id = text(path, file, "id");
    String displayName = text(path, file, "display_name");
    String description = text(path, file, "description");
    String source = text(path, file, "source");
    String region = text(path, file, "region");
    @Nullable ZoneId zone = zone();
    Set<DayOfWeek> weekdays = weekdays();
    int firstYear = year("first_year");
    int lastYear = year("last_year");
    List<DateSpan> closed = spans("closed_dates");
    List<DateSpan> open = spans("open_dates");
    refuse();
    try {
      return new BusinessCalendar(
          id,
          displayName,
          description,
          source,
          region,
          zone,
          weekdays,
          firstYear,
          lastYear,
          closed,
          open);
    } catch (IllegalArgumentException exception) {
      throw Failure.invalid(path, Objects.requireNonNull(exception.getMessage()));
    }
  }

  private void refuse() {
    if (!violations.isEmpty()) {
      throw Failure.invalid(violations);
    }
  }

  private void onlyFields(String at, JsonNode node, Set<String> fields) {
    for (String name : node.propertyNames()) {
      if (!fields.contains(name)) {
        wrong(at, "has an unknown field; the fields are " + fields.stream().sorted().toList());
      }
    }
  }

  private String text(String at, JsonNode node, String name) {
    @Nullable JsonNode value = node.get(name);
    if (value == null) {
      return "";
    }
    if (!value.isString()) {
      wrong(at + "." + name, "must be text");
      return "";
    }
    return value.stringValue();
  }

  private @Nullable ZoneId zone() {
    String name = text(path, file, "time_zone");
    if (name.isEmpty()) {
      return null;
    }
    if (!ZoneId.getAvailableZoneIds().contains(name)) {
      wrong(path + ".time_zone", "is not an IANA time zone, for example Asia/Shanghai");
      return null;
    }
    return ZoneId.of(name);
  }

  private Set<DayOfWeek> weekdays() {
    Set<DayOfWeek> weekdays = EnumSet.noneOf(DayOfWeek.class);
    List<JsonNode> values = list("closed_weekdays");
    for (int index = 0; index < values.size(); index++) {
      String text = values.get(index).isString() ? values.get(index).stringValue() : "";
      boolean known = false;
      for (DayOfWeek weekday : DayOfWeek.values()) {
        if (text.equals(CalendarFile.WEEKDAY + weekday.name())) {
          weekdays.add(weekday);
          known = true;
        }
      }
      if (!known) {
        wrong(path + ".closed_weekdays[" + index + "]", "is no weekday, e.g. WEEKDAY_SUNDAY");
      }
    }
    return weekdays;
  }

  private int year(String name) {
    @Nullable JsonNode value = file.get(name);
    if (value == null || !value.isInt()) {
      wrong(path + "." + name, "must be a year");
      return 0;
    }
    return value.intValue();
  }

  private List<DateSpan> spans(String name) {
    List<DateSpan> spans = new ArrayList<>();
    List<JsonNode> values = list(name);
    for (int index = 0; index < values.size(); index++) {
      String at = path + "." + name + "[" + index + "]";
      @Nullable DateSpan span = span(at, values.get(index));
      if (span != null) {
        spans.add(span);
      }
    }
    return spans;
  }

  private @Nullable DateSpan span(String at, JsonNode node) {
    if (!node.isObject()) {
      wrong(at, "must be an object with first_date");
      return null;
    }
    onlyFields(at, node, SPAN_FIELDS);
    @Nullable LocalDate first = date(at, node, "first_date");
    @Nullable LocalDate last = node.has("last_date") ? date(at, node, "last_date") : first;
    String name = text(at, node, "name");
    if (first == null || last == null) {
      return null;
    }
    try {
      return new DateSpan(first, last, name);
    } catch (IllegalArgumentException exception) {
      wrong(at, Objects.requireNonNull(exception.getMessage()));
      return null;
    }
  }

  private @Nullable LocalDate date(String at, JsonNode node, String name) {
    try {
      return LocalDate.parse(text(at, node, name));
    } catch (DateTimeException exception) {
      wrong(at + "." + name, "must be a date, for example 2026-10-01");
      return null;
    }
  }

  private List<JsonNode> list(String name) {
    @Nullable JsonNode value = file.get(name);
    if (value == null) {
      return List.of();
    }
    if (!value.isArray()) {
      wrong(path + "." + name, "must be a list");
      return List.of();
    }
    return value.valueStream().toList();
  }

  private void wrong(String at, String message) {
    violations.add(new FieldViolation(at, message));
  }
}
