package io.tenure.standalone.history;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.tenure.platform.failure.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with columns in it: {@code "account-{account_id}"}. {@code {birth_number:0:2}} takes the
 * characters from 0 to before 2, fewer when the value is shorter. Values are trimmed.
 */
final class Template {

  private static final Pattern PLACE = Pattern.compile("\\{([^{}:]+)(?::(\\d+):(\\d+))?}");

  private final List<Part> parts;

  private Template(List<Part> parts) {
    this.parts = parts;
  }

  /**
   * Reads a template.
   *
   * @throws Failure INVALID_ARGUMENT when a brace is left over
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static Template of(String text) {
    List<Part> parts = new ArrayList<>();
    Matcher matcher = PLACE.matcher(text);
    int end = 0;
    while (matcher.find()) {
      parts.add(literal(text.substring(end, matcher.start()), text));
      parts.add(
          matcher.group(2) == null
              ? new Column(matcher.group(1), 0, Integer.MAX_VALUE)
              : new Column(
                  matcher.group(1),
                  Integer.parseInt(matcher.group(2)),
                  Integer.parseInt(matcher.group(3))));
      end = matcher.end();
    }
    parts.add(literal(text.substring(end), text));
    return new Template(List.copyOf(parts));
  }

  /** The text for a row. */
  String render(Row row) throws BadRowException {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      switch (part) {
        case Literal literal -> text.append(literal.text());
        case Column column -> {
          String value = row.value(column.name());
          int end = Math.min(column.end(), value.length());
          text.append(value, Math.min(column.begin(), end), end);
        }
      }
    }
    return text.toString().trim();
  }

  private static Literal literal(String text, String whole) {
    if (text.indexOf('{') >= 0 || text.indexOf('}') >= 0) {
      throw Failure.invalid("template", "'" + whole + "' has a brace without its pair");
    }
    return new Literal(text);
  }

  private sealed interface Part {}

  private record Literal(String text) implements Part {}

  private record Column(String name, int begin, int end) implements Part {}
}
