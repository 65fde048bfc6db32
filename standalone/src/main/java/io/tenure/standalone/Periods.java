package io.tenure.standalone;

import io.tenure.standalone.backup.BackupException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as people type them: {@code 30d}, {@code 12h}, {@code 90m}, {@code 5s}. */
final class Periods {

  private static final Pattern FORM = Pattern.compile("([0-9]{1,6})([dhms])");

  private Periods() {}

  static Duration read(String text) {
    Matcher found = FORM.matcher(text);
    if (!found.matches()) {
      throw new BackupException("A length of time looks like 30d, 12h, 90m or 5s, not " + text);
    }
    long count = Long.parseLong(found.group(1));
    return switch (found.group(2)) {
      case "d" -> Duration.ofDays(count);
      case "h" -> Duration.ofHours(count);
      case "m" -> Duration.ofMinutes(count);
      default -> Duration.ofSeconds(count);
    };
  }
}
