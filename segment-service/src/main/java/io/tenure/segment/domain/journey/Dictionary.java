package io.tenure.segment.domain.journey;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The texts behind the numbers of an attribute, the most frequent first. 0 stands for no text, and
 * one past the last for all texts that are too rare to have a number of their own.
 */
public final class Dictionary {

  /** Stands for an event without the attribute. */
  public static final int NONE = 0;

  /** Most texts with a number of their own. */
  public static final int MAX_TEXTS = 2_000;

  private final List<String> texts;
  private final Map<String, Integer> codes = new HashMap<>();

  /** Numbers the texts, which differ, from 1 on. */
  public Dictionary(List<String> texts) {
    this.texts = List.copyOf(texts);
    for (String text : texts) {
      codes.put(text, codes.size() + 1);
    }
  }

  /** All texts that have a number. */
  public List<String> texts() {
    return texts;
  }

  /** The text of a number; null for none and for the rare ones. */
  public @Nullable String text(int code) {
    return code == NONE || isRare(code) ? null : texts.get(code - 1);
  }

  /** Whether a number stands for the texts too rare to have one. */
  public boolean isRare(int code) {
    return code > texts.size();
  }

  /** What a number stands for. */
  public Label label(int code) {
    return new Label(text(code), isRare(code));
  }

  /** The number of a label; one that stands for nothing when the text has none. */
  public int code(Label label) {
    if (label.rare()) {
      return texts.size() + 1;
    }
    return label.text() == null ? NONE : codes.getOrDefault(label.text(), -1);
  }
}
