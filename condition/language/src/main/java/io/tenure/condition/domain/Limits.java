package io.tenure.condition.domain;

import java.time.Duration;
import java.util.List;

/** The limits every part of the language keeps, each with the sentence that names it. */
final class Limits {

  private static final int MAX_NAME = 200;

  private Limits() {}

  static <T> List<T> listOf(List<T> items, int least, int most, String what) {
    if (items.size() < least || items.size() > most) {
      throw new IllegalArgumentException(
          "Needs " + least + " to " + most + " " + what + ", has " + items.size());
    }
    return List.copyOf(items);
  }

  static void name(String name, String what) {
    if (name.isEmpty() || name.length() > MAX_NAME) {
      throw new IllegalArgumentException(what + " must have 1 to " + MAX_NAME + " characters");
    }
  }

  static void duration(Duration duration, Duration most, String what) {
    if (duration.toMillis() < 1 || duration.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          what + " must be from 1 millisecond to " + most.toDays() + " days");
    }
  }
}
