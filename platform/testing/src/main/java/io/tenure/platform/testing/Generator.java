package io.tenure.platform.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Makes random values for a {@link Property}, and for a value that broke it, simpler ones to try
 * next.
 *
 * @param <T> the kind of value
 */
public interface Generator<T> {

  T generate(RandomGenerator random);

  /** Simpler values than the given one, the simplest first; none when it is as simple as can be. */
  default Stream<T> shrink(T value) {
    return Stream.empty();
  }

  /** Values made from this generator's; they shrink no further, for the way back is unknown. */
  default <R> Generator<R> map(Function<T, R> function) {
    return random -> function.apply(generate(random));
  }

  /** Values made from this generator's, which shrink by going back to those. */
  default <R> Generator<R> map(Function<T, R> function, Function<R, T> back) {
    Generator<T> source = this;
    return new Generator<>() {
      @Override
      public R generate(RandomGenerator random) {
        return function.apply(source.generate(random));
      }

      @Override
      public Stream<R> shrink(R value) {
        return source.shrink(back.apply(value)).map(function);
      }
    };
  }

  /**
   * Whole numbers between two bounds, both included; they shrink towards the bound nearest to zero.
   */
  static Generator<Long> longs(long least, long greatest) {
    long simplest = Math.clamp(0L, least, greatest);
    return new Generator<>() {
      @Override
      public Long generate(RandomGenerator random) {
        return greatest == Long.MAX_VALUE
            ? random.nextLong(least, greatest)
            : random.nextLong(least, greatest + 1);
      }

      @Override
      public Stream<Long> shrink(Long value) {
        // All the way, half of it, a quarter, ... and at last one step: as few tries as a binary
        // search.
        return Stream.iterate(value - simplest, distance -> distance != 0, distance -> distance / 2)
            .map(distance -> value - distance);
      }
    };
  }

  static Generator<Integer> integers(int least, int greatest) {
    return longs(least, greatest).map(Math::toIntExact, Integer::longValue);
  }

  /** One of some values; it shrinks towards the first. */
  static <T> Generator<T> of(List<T> values) {
    return integers(0, values.size() - 1).map(values::get, values::indexOf);
  }

  static Generator<Boolean> booleans() {
    return of(List.of(false, true));
  }

  /** Text over some characters; it shrinks by losing characters. */
  static Generator<String> strings(String alphabet, int longest) {
    int[] points = alphabet.codePoints().toArray();
    return lists(of(IntStream.of(points).mapToObj(Character::toString).toList()), longest)
        .map(
            parts -> String.join("", parts),
            text -> text.codePoints().mapToObj(Character::toString).toList());
  }

  /**
   * Lists of up to some length; they shrink by losing halves, then single elements, then by simpler
   * elements.
   */
  static <T> Generator<List<T>> lists(Generator<T> elements, int longest) {
    return new Generator<>() {
      @Override
      public List<T> generate(RandomGenerator random) {
        int size = random.nextInt(longest + 1);
        return Stream.generate(() -> elements.generate(random)).limit(size).toList();
      }

      @Override
      public Stream<List<T>> shrink(List<T> list) {
        int size = list.size();
        if (size == 0) {
          return Stream.empty();
        }
        Stream<List<T>> halves =
            size < 2
                ? Stream.of(List.of())
                : Stream.of(List.of(), list.subList(0, size / 2), list.subList(size / 2, size));
        Stream<List<T>> without = IntStream.range(0, size).mapToObj(index -> without(list, index));
        Stream<List<T>> simpler =
            IntStream.range(0, size)
                .boxed()
                .flatMap(
                    index ->
                        elements
                            .shrink(list.get(index))
                            .map(element -> with(list, index, element)));
        return Stream.of(halves, without, simpler).flatMap(Function.identity());
      }
    };
  }

  private static <T> List<T> without(List<T> list, int index) {
    List<T> copy = new ArrayList<>(list);
    copy.remove(index);
    return List.copyOf(copy);
  }

  private static <T> List<T> with(List<T> list, int index, T element) {
    List<T> copy = new ArrayList<>(list);
    copy.set(index, element);
    return List.copyOf(copy);
  }
}
