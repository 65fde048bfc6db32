package io.tenure.segment.domain.tally;

import io.tenure.platform.failure.Failure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Something for each value, of which only the most frequent are shown.
 *
 * @param <T> what there is for each value
 */
public final class ByValue<T> {

  /** Most values that may occur at all; more tell users apart instead of grouping them. */
  public static final int MAX_VALUES = 10_000;

  private final Map<String, T> values = new HashMap<>();
  private final Supplier<T> none;
  private final int limit;

  /**
   * Empty.
   *
   * @param limit how many values are shown
   * @param none what a value begins with
   */
  public ByValue(int limit, Supplier<T> none) {
    this.limit = limit;
    this.none = none;
  }

  /** What there is for a value. */
  public T get(String value) {
    T found = values.get(value);
    if (found != null) {
      return found;
    }
    if (values.size() == MAX_VALUES) {
      throw Failure.invalid("query", "The property has more than " + MAX_VALUES + " values");
    }
    T made = none.get();
    values.put(value, made);
    return made;
  }

  /** The values that are shown, the largest first; of equal ones the least text. */
  public List<Map.Entry<String, T>> shown(ToLongFunction<T> size) {
    return sorted(size).stream().limit(limit).toList();
  }

  /** What the other values have. */
  public List<T> others(ToLongFunction<T> size) {
    return sorted(size).stream().skip(limit).map(Map.Entry::getValue).toList();
  }

  /** How many values there are. */
  public int size() {
    return values.size();
  }

  private List<Map.Entry<String, T>> sorted(ToLongFunction<T> size) {
    List<Map.Entry<String, T>> sorted = new ArrayList<>(values.entrySet());
    sorted.sort(
        Comparator.<Map.Entry<String, T>>comparingLong(entry -> -size.applyAsLong(entry.getValue()))
            .thenComparing(Map.Entry::getKey));
    return sorted;
  }

  /**
   * Chooses users while they pass: everybody's value is counted, because only at the end it is
   * known which values are shown.
   */
  public static final class Choice {

    private static final class Part {
      private long weight;
      private final LongStream.Builder users = LongStream.builder();
    }

    private final ValueChoice choice;
    private final @Nullable ByValue<Part> parts;
    private final Part all = new Part();

    /**
     * @param limit how many values are shown; 0 when users are not told apart
     */
    public Choice(ValueChoice choice, int limit) {
      this.choice = choice;
      this.parts = limit == 0 ? null : new ByValue<>(limit, Part::new);
    }

    /**
     * Takes a user.
     *
     * @param value whose number may be asked for
     * @param weight what the user adds to what values are ranked by
     * @param behind whether the user is behind the number, apart from the value
     */
    public void add(String value, long weight, long user, boolean behind) {
      Part part = parts == null ? all : parts.get(value);
      part.weight += weight;
      if (behind) {
        part.users.add(user);
      }
    }

    /** The chosen users, ascending. */
    public long[] users() {
      if (parts == null) {
        return sorted(List.of(all));
      }
      return switch (choice.kind()) {
        case ALL -> sorted(List.copyOf(parts.values.values()));
        case ONE -> sorted(List.of(parts.get(choice.text())));
        case OTHER -> sorted(parts.others(part -> part.weight));
      };
    }

    private static long[] sorted(List<Part> chosen) {
      return chosen.stream()
          .flatMapToLong(part -> part.users.build())
          .sorted()
          .distinct()
          .toArray();
    }
  }
}
