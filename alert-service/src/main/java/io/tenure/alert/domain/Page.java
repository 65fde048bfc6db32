package io.tenure.alert.domain;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list that is sorted newest first.
 *
 * @param items the items
 * @param last where the page ends; null when nothing follows
 */
public record Page<T>(List<T> items, @Nullable Position last) {

  /** Keeps its own copy. */
  public Page {
    items = List.copyOf(items);
  }

  /** Makes a page from one item more than asked for, which tells whether another page follows. */
  public static <T> Page<T> of(List<T> oneMore, int size, Function<T, Position> position) {
    if (oneMore.size() <= size) {
      return new Page<>(oneMore, null);
    }
    List<T> items = oneMore.subList(0, size);
    return new Page<>(items, position.apply(items.getLast()));
  }

  /** Where the next page starts, if there is one. */
  public Optional<Position> next() {
    return Optional.ofNullable(last);
  }
}
