package io.tenure.segment.domain.path;

import org.jspecify.annotations.Nullable;

/**
 * What is shown as one node of a map.
 *
 * @param name an event's name, or a group's
 * @param value the property's value; null where the event has none, for groups, and when no
 *     property tells nodes apart
 */
public record PathNode(String name, @Nullable String value) implements Comparable<PathNode> {

  /** All that is not among the most frequent nodes of a step. */
  public static final PathNode OTHER = new PathNode("", null);

  /** Whether it stands for all that is too rare to be shown. */
  public boolean isOther() {
    return name.isEmpty();
  }

  @Override
  public int compareTo(PathNode other) {
    int byName = name.compareTo(other.name);
    return byName != 0 ? byName : text().compareTo(other.text());
  }

  private String text() {
    return value == null ? "" : "=" + value;
  }
}
