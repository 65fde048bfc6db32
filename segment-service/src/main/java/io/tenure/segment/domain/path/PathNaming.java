package io.tenure.segment.domain.path;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an event is shown as.
 *
 * @param property tells events of one name apart, for example by page; null for not at all
 * @param trimmed whether a value loses what follows {@code ?} or {@code #}, and a slash at its end
 * @param groups the first that takes an event gives its name, at most 50
 */
public record PathNaming(@Nullable String property, boolean trimmed, List<NodeGroup> groups) {

  /** Events by their names. */
  public static final PathNaming NAMES = new PathNaming(null, false, List.of());

  /** Accepts up to 50 groups. */
  public PathNaming {
    groups = List.copyOf(groups);
    if (groups.size() > 50) {
      throw new IllegalArgumentException("At most 50 groups");
    }
  }

  PathNode node(String event, @Nullable String value) {
    String shown = value == null || !trimmed ? value : trim(value);
    return groups.stream()
        .filter(group -> group.takes(event, shown))
        .findFirst()
        .map(group -> new PathNode(group.name(), null))
        .orElseGet(() -> new PathNode(event, shown));
  }

  private static String trim(String value) {
    int end = value.length();
    for (char sign : new char[] {'?', '#'}) {
      int found = value.indexOf(sign);
      end = found >= 0 && found < end ? found : end;
    }
    while (end > 1 && value.charAt(end - 1) == '/') {
      end--;
    }
    return value.substring(0, end);
  }
}
