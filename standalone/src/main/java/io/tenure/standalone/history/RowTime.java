package io.tenure.standalone.history;

import io.tenure.platform.failure.Failure;
import io.tenure.standalone.history.Mapping.Time;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the time of a row. */
final class RowTime {

  private static final Pattern TWO_DIGIT_YEAR = Pattern.compile("(?<![yu])(?:yy|uu)(?![yu])");

  private final Time time;
  private final ZoneId zone;
  private final DateTimeFormatter formatter;

  RowTime(Time time, ZoneId defaultZone) {
    this.time = time;
    this.zone = time.zone() == null ? defaultZone : time.zone();
    this.formatter = formatter(time);
  }

  Instant of(Row row) throws BadRowException {
    String text = time.from().render(row);
    try {
      return switch (time.pattern()) {
        case "epoch-millis" -> Instant.ofEpochMilli(Long.parseLong(text));
        case "epoch-seconds" -> Instant.ofEpochSecond(Long.parseLong(text));
        default -> parse(text);
      };
    } catch (DateTimeException | NumberFormatException unreadable) {
      throw new BadRowException("'" + text + "' is no time of the form " + time.pattern());
    }
  }

  private Instant parse(String text) {
    TemporalAccessor parsed =
        formatter.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
    Instant instant =
        switch (parsed) {
          case OffsetDateTime exact -> exact.toInstant();
          case LocalDateTime local -> local.atZone(zone).toInstant();
          default -> LocalDate.from(parsed).atTime(time.at()).atZone(zone).toInstant();
        };
    return instant.truncatedTo(ChronoUnit.MILLIS);
  }

  private static DateTimeFormatter formatter(Time time) {
    return switch (time.pattern()) {
      case "iso", "epoch-millis", "epoch-seconds" ->
          DateTimeFormatter.ofPattern(
              "uuuu-MM-dd[['T'][' ']HH:mm[:ss][.SSS][.SSSSSS][XXX]]", Locale.ROOT);
      default -> ofPattern(time.pattern(), time.century());
    };
  }

  private static DateTimeFormatter ofPattern(String pattern, int century) {
    DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder();
    try {
      Matcher year = TWO_DIGIT_YEAR.matcher(pattern);
      int end = 0;
      while (year.find()) {
        append(builder, pattern.substring(end, year.start()));
        builder.appendValueReduced(ChronoField.YEAR, 2, 2, century);
        end = year.end();
      }
      append(builder, pattern.substring(end).replace('y', 'u'));
      return builder.toFormatter(Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    } catch (IllegalArgumentException notAPattern) {
      throw Failure.invalid("pattern", "'" + pattern + "' is no pattern of dates");
    }
  }

  private static void append(DateTimeFormatterBuilder builder, String pattern) {
    if (!pattern.isEmpty()) {
      builder.appendPattern(pattern);
    }
  }
}
