package io.tenure.gateway.api.rest;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A path of {@code google.api.http}: literal segments and variables of one segment each, the last
 * with an optional verb, for example {@code /api/v1/segments/{segment.id}:compute}.
 */
final class PathTemplate implements Comparable<PathTemplate> {

  private static final Pattern SLASH = Pattern.compile("/");

  private final String text;
  private final List<Segment> segments;

  private PathTemplate(String text, List<Segment> segments) {
    this.text = text;
    this.segments = segments;
  }

  private sealed interface Segment {
    record Literal(String text) implements Segment {}

    record Variable(String name, String verb) implements Segment {}
  }

  static PathTemplate parse(String text) {
    List<Segment> segments = new ArrayList<>();
    for (String part : split(text)) {
      int close = part.indexOf('}');
      if (part.startsWith("{") && close > 0) {
        segments.add(new Segment.Variable(part.substring(1, close), part.substring(close + 1)));
      } else if (part.indexOf('{') < 0 && part.indexOf('*') < 0) {
        segments.add(new Segment.Literal(part));
      } else {
        throw new IllegalArgumentException("Not a path template we support: " + text);
      }
    }
    return new PathTemplate(text, List.copyOf(segments));
  }

  /** The values of the variables when a raw request path has this form. */
  Optional<Map<String, String>> match(String path) {
    List<String> parts = split(path);
    if (parts.size() != segments.size()) {
      return Optional.empty();
    }
    Map<String, String> variables = new LinkedHashMap<>();
    for (int index = 0; index < parts.size(); index++) {
      String part = parts.get(index);
      switch (segments.get(index)) {
        case Segment.Literal literal -> {
          if (!literal.text().equals(part)) {
            return Optional.empty();
          }
        }
        case Segment.Variable variable -> {
          int length = part.length() - variable.verb().length();
          if (length < 1 || !part.endsWith(variable.verb())) {
            return Optional.empty();
          }
          Optional<String> value = decode(part.substring(0, length));
          if (value.isEmpty()) {
            return Optional.empty();
          }
          variables.put(variable.name(), value.get());
        }
      }
    }
    return Optional.of(variables);
  }

  List<String> variables() {
    return segments.stream()
        .filter(Segment.Variable.class::isInstance)
        .map(segment -> ((Segment.Variable) segment).name())
        .toList();
  }

  /** The more literal template comes first, so it wins where two match. */
  @Override
  public int compareTo(PathTemplate other) {
    return order().compareTo(other.order());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PathTemplate template && template.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }

  private String order() {
    StringBuilder order = new StringBuilder();
    for (Segment segment : segments) {
      order.append(
          switch (segment) {
            case Segment.Literal ignored -> 'a';
            case Segment.Variable variable -> variable.verb().isEmpty() ? 'c' : 'b';
          });
    }
    return order + text;
  }

  private static List<String> split(String path) {
    return List.of(SLASH.split(path.startsWith("/") ? path.substring(1) : path, -1));
  }

  private static Optional<String> decode(String segment) {
    try {
      // A plus sign is a plus sign in a path.
      return Optional.of(URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }
}
