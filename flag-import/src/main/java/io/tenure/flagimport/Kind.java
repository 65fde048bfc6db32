package io.tenure.flagimport;

import io.tenure.evaluator.Value;
import org.jspecify.annotations.Nullable;

/** What an attribute may be; peers convert between these where we never do. */
public enum Kind {
  /** A string. */
  TEXT,
  /** A number. */
  NUMBER,
  /** True or false. */
  BOOLEAN,
  /** A list of strings, numbers and booleans. */
  LIST,
  /** An object, or a list that has lists, objects or nulls in it. */
  NESTED,
  /** Not there, or null. */
  ABSENT;

  /** The kind of an attribute; null stands for one that is not there. */
  public static Kind of(@Nullable Value attribute) {
    return switch (attribute) {
      case Value.Text _ -> TEXT;
      case Value.Numeric _ -> NUMBER;
      case Value.Truth _ -> BOOLEAN;
      case Value.Items items -> items.values().stream().allMatch(Kind::isPlain) ? LIST : NESTED;
      case Value.Fields _ -> NESTED;
      case Value.Nothing _ -> ABSENT;
      case null -> ABSENT;
    };
  }

  private static boolean isPlain(Value element) {
    return switch (of(element)) {
      case TEXT, NUMBER, BOOLEAN -> true;
      case LIST, NESTED, ABSENT -> false;
    };
  }
}
