package io.tenure.segment.domain.journey;

import org.jspecify.annotations.Nullable;

/**
 * A text by which events are told apart.
 *
 * @param text null where events have none, and for the rare ones
 * @param rare whether it stands for all texts that are too rare to be told apart
 */
public record Label(@Nullable String text, boolean rare) implements Comparable<Label> {

  /** Events without the text. */
  public static final Label NONE = new Label(null, false);

  /** A text. */
  public static Label of(String text) {
    return new Label(text, false);
  }

  @Override
  public int compareTo(Label other) {
    return sortKey().compareTo(other.sortKey());
  }

  private String sortKey() {
    return rare ? "2" : text == null ? "1" : "0" + text;
  }
}
