package io.tenure.collector.domain.plan;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The types a property can have. Whole and fractional numbers are one type. */
public enum PropertyType {
  /** A number. */
  NUMBER,
  /** A text; a date is one too, unless it is planned to be a date. */
  TEXT,
  /** True or false. */
  BOOLEAN,
  /** A text that is a date or a time. */
  DATETIME,
  /** A list. */
  LIST,
  /** A JSON object. */
  OBJECT;

  private static final DateTimeFormatter ISO = DateTimeFormatter.ISO_DATE_TIME;

  /** The type of a parsed JSON value; empty for null, which means absent. */
  public static Optional<PropertyType> of(Object value) {
    return switch (value) {
      case Number number -> Optional.of(NUMBER);
      case String text -> Optional.of(TEXT);
      case Boolean flag -> Optional.of(BOOLEAN);
      case List<?> list -> Optional.of(LIST);
      case Map<?, ?> map -> Optional.of(OBJECT);
      default -> Optional.empty();
    };
  }

  /** The type of a value in JSON; empty for null and for no value. */
  public static Optional<PropertyType> ofJson(String json) {
    if (json.isEmpty()) {
      return Optional.empty();
    }
    return switch (json.charAt(0)) {
      case '"' -> Optional.of(TEXT);
      case 't', 'f' -> Optional.of(BOOLEAN);
      case '[' -> Optional.of(LIST);
      case '{' -> Optional.of(OBJECT);
      case 'n' -> Optional.empty();
      default -> Optional.of(NUMBER);
    };
  }

  /**
   * Whether a value may stand where this type is due.
   *
   * @param seen its type as it was sent
   * @param text the value, when it is a text
   */
  boolean admits(PropertyType seen, String text) {
    return this == DATETIME ? seen == TEXT && isTime(text) : this == seen;
  }

  private static boolean isTime(String text) {
    try {
      return time(text).isSupported(ChronoField.DAY_OF_MONTH);
    } catch (DateTimeException notATime) {
      return false;
    }
  }

  private static TemporalAccessor time(String text) {
    if (text.length() == 10) {
      return LocalDate.parse(text);
    }
    String iso = text.indexOf(' ') == 10 ? text.replace(' ', 'T') : text;
    return ISO.parseBest(iso, OffsetDateTime::from, LocalDateTime::from);
  }
}
