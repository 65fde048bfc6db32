package io.tenure.segment.domain.path;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Shows several nodes as one, for example all pages of a product. Patterns know one sign, {@code
 * *}, which stands for any text; they are matched in one pass over the text, whatever they are.
 *
 * @param name what the node is called
 * @param events patterns of event names, of which one must match; none for any event
 * @param values patterns of the property's values, of which one must match; none for any value or
 *     none
 */
public record NodeGroup(String name, List<String> events, List<String> values) {

  private static final int MOST = 50;
  private static final int LONGEST = 200;

  /** Accepts a name and 1 to 50 patterns. */
  public NodeGroup {
    events = List.copyOf(events);
    values = List.copyOf(values);
    if (name.isEmpty() || name.length() > LONGEST) {
      throw new IllegalArgumentException("The name of a group must have 1 to 200 characters");
    }
    int patterns = events.size() + values.size();
    if (patterns == 0 || patterns > MOST) {
      throw new IllegalArgumentException("A group has 1 to " + MOST + " patterns");
    }
    if (IntStream.range(0, patterns)
        .mapToObj(new Join(events, values)::get)
        .anyMatch(pattern -> pattern.length() > LONGEST)) {
      throw new IllegalArgumentException("A pattern has at most 200 characters");
    }
  }

  boolean takes(String event, @Nullable String value) {
    return (events.isEmpty() || events.stream().anyMatch(pattern -> matches(pattern, event)))
        && (values.isEmpty()
            || value != null && values.stream().anyMatch(pattern -> matches(pattern, value)));
  }

  /** Each piece between two stars is taken where it is found first: going back never helps. */
  static boolean matches(String pattern, String text) {
    int star = pattern.indexOf('*');
    if (star < 0) {
      return pattern.equals(text);
    }
    int last = pattern.lastIndexOf('*');
    int from = star;
    int until = text.length() - (pattern.length() - last - 1);
    if (from > until
        || !text.startsWith(pattern.substring(0, star))
        || !text.endsWith(pattern.substring(last + 1))) {
      return false;
    }
    for (String piece : pattern.substring(star, last + 1).split("\\*", -1)) {
      int found = text.indexOf(piece, from);
      if (found < 0 || found + piece.length() > until) {
        return false;
      }
      from = found + piece.length();
    }
    return true;
  }

  private record Join(List<String> first, List<String> second) {
    String get(int index) {
      return index < first.size() ? first.get(index) : second.get(index - first.size());
    }
  }
}
