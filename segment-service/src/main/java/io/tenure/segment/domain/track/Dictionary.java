package io.tenure.segment.domain.track;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The texts behind the numbers of an attribute, the most frequent first. 0 stands for no text, and
 * one past the last for all texts that are too rare to have a number of their own.
 */
public record Dictionary(List<String> texts) {

  /** Stands for an event without the attribute. */
  public static final int NONE = 0;

  /** Most texts with a number of their own. */
  public static final int MAX_TEXTS = 2_000;

  /** Keeps the texts. */
  public Dictionary {
    texts = List.copyOf(texts);
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
    if (label.text() == null) {
      return NONE;
    }
    int index = texts.indexOf(label.text());
    return index < 0 ? -1 : index + 1;
  }
}
