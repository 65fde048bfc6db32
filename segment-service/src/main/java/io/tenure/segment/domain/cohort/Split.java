package io.tenure.segment.domain.cohort;

import io.tenure.segment.domain.journey.Journey;
import io.tenure.segment.domain.tally.ByValue;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tallies stays, all together and, where the query tells users apart, by the value of their start.
 *
 * @param <T> adds up stays
 */
public final class Split<T extends Split.Tally<T>> {

  /** Adds up stays. */
  public interface Tally<T> {
    /** Adds those of another one. */
    void add(T other);

    /** How many there are. */
    long stays();
  }

  private final T all;
  private final Supplier<T> none;
  private final @Nullable ByValue<T> values;

  /** Nobody yet. */
  public Split(CohortQuery query, Supplier<T> none) {
    this.all = none.get();
    this.none = none;
    this.values = query.values() == null ? null : new ByValue<>(query.values().limit(), none);
  }

  /** Adds a stay. */
  public void add(Stay stay, Consumer<T> adding) {
    adding.accept(all);
    if (values != null) {
      adding.accept(values.get(stay.value()));
    }
  }

  /** What all of it comes to. */
  public <P> Parts<P> parts(Function<T, P> part) {
    P everybody = part.apply(all);
    if (values == null) {
      return new Parts<>(everybody, List.of(), null, 0);
    }
    List<Parts.Value<P>> shown =
        values.shown(Tally::stays).stream()
            .map(
                entry ->
                    new Parts.Value<>(Journey.read(entry.getKey()), part.apply(entry.getValue())))
            .toList();
    return new Parts<>(everybody, shown, others(values, part), values.size());
  }

  private <P> @Nullable P others(ByValue<T> of, Function<T, P> part) {
    List<T> tallies = of.others(Tally::stays);
    if (tallies.isEmpty()) {
      return null;
    }
    T sum = none.get();
    tallies.forEach(sum::add);
    return part.apply(sum);
  }
}
