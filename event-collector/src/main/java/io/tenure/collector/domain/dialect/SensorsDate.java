package io.tenure.collector.domain.dialect;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Dates in the Sensors protocol are local times without a zone, and the SDKs disagree on what the
 * digits after the point mean: the web SDK prints milliseconds as a number (".50" is 50 ms), the Go
 * SDK cuts zeros off (".5" is 500 ms), the others print three digits. All come out with three.
 */
final class SensorsDate {

  private static final Pattern SHAPE =
      Pattern.compile("(\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2})(?:\\.(\\d{1,3}))?");

  private SensorsDate() {}

  /** The date with three digits of milliseconds; any other text as it is. */
  static String normalize(String sdk, String text) {
    if (text.length() < 19 || text.length() > 23 || text.charAt(4) != '-') {
      return text;
    }
    Matcher matcher = SHAPE.matcher(text);
    if (!matcher.matches()) {
      return text;
    }
    String fraction = matcher.group(2) == null ? "" : matcher.group(2);
    String millis =
        printsMillisAsNumber(sdk)
            ? "0".repeat(3 - fraction.length()) + fraction
            : fraction + "0".repeat(3 - fraction.length());
    return matcher.group(1) + "." + millis;
  }

  /** The web SDK and, made from it, those for mini-programs, for example "MiniProgram". */
  private static boolean printsMillisAsNumber(String sdk) {
    String name = sdk.toLowerCase(Locale.ROOT);
    return name.equals("js") || name.endsWith("mini") || name.endsWith("miniprogram");
  }
}
