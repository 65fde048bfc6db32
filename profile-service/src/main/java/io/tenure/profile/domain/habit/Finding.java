package io.tenure.profile.domain.habit;

import java.util.Optional;
import java.util.function.Function;

/** What a search for a habit ended with: the habit, or why it is not known. */
public sealed interface Finding<T> {

  /** The habit is known. */
  record Known<T>(T value) implements Finding<T> {}

  /** The habit is not known. */
  record Unknown<T>(Lack lack) implements Finding<T> {}

  /** Why a habit is not known. */
  enum Lack {
    /** Less happened than the stated minimum. */
    TOO_LITTLE,
    /** Enough happened, and chance explains it well enough. */
    NO_PATTERN,
    /** There was a habit, and it was given up. */
    ENDED
  }

  /** The habit, when it is known. */
  default Optional<T> known() {
    return switch (this) {
      case Known<T>(T value) -> Optional.of(value);
      case Unknown<T> unknown -> Optional.empty();
    };
  }

  /** The finding about something derived from the habit. */
  default <R> Finding<R> map(Function<T, R> function) {
    return switch (this) {
      case Known<T>(T value) -> new Known<>(function.apply(value));
      case Unknown<T>(Lack lack) -> new Unknown<>(lack);
    };
  }
}
