package io.tenure.platform.testing;

import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A statement about all values of a kind, tried on many random ones. When one breaks it, the
 * simplest value found that still does is reported, with the seed that finds it again.
 *
 * <p>A run uses a new seed each time; {@code -Dtenure.property.seed=N} repeats an earlier run,
 * {@code -Dtenure.property.tries=N} changes how many values are tried.
 */
public final class Property {

  private static final int TRIES = 200;
  private static final int LONGEST_SHRINK = 2_000;

  private Property() {}

  /** What must hold for every value; it says no by throwing. */
  @FunctionalInterface
  public interface Check<T> {
    void accept(T value) throws Exception;
  }

  /**
   * Tries the check on random values.
   *
   * @throws AssertionError with the simplest value that breaks it, the seed, and the check's own
   *     failure as the cause
   */
  public static <T> void forAll(Generator<T> generator, Check<T> check) {
    forAll(Integer.getInteger("tenure.property.tries", TRIES), generator, check);
  }

  /** Tries the check on the given number of random values. */
  public static <T> void forAll(int tries, Generator<T> generator, Check<T> check) {
    long seed = Long.getLong("tenure.property.seed", new SplittableRandom().nextLong());
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 1; i <= tries; i++) {
      T value = generator.generate(random);
      Optional<Throwable> failure = failure(check, value);
      if (failure.isPresent()) {
        throw broken(
            simplest(generator, check, new Broken<>(value, failure.get())), value, i, seed);
      }
    }
  }

  private static <T> Broken<T> simplest(Generator<T> generator, Check<T> check, Broken<T> first) {
    Broken<T> best = first;
    int left = LONGEST_SHRINK;
    boolean simpler = true;
    while (simpler && left > 0) {
      simpler = false;
      for (T candidate : (Iterable<T>) generator.shrink(best.value()).limit(left)::iterator) {
        left--;
        Optional<Throwable> failure = failure(check, candidate);
        if (failure.isPresent()) {
          best = new Broken<>(candidate, failure.get());
          simpler = true;
          break;
        }
      }
    }
    return best;
  }

  private static <T> Optional<Throwable> failure(Check<T> check, T value) {
    try {
      check.accept(value);
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of(e);
    } catch (Exception | AssertionError e) {
      return Optional.of(e);
    }
  }

  private static <T> AssertionError broken(Broken<T> simplest, T first, int tries, long seed) {
    return new AssertionError(
        "broken after %d tries by: %s%nfirst broken by: %s%nrepeat with: -Dtenure.property.seed=%d%n%s"
            .formatted(tries, simplest.value(), first, seed, simplest.failure()),
        simplest.failure());
  }

  private record Broken<T>(T value, Throwable failure) {}
}
