package io.tenure.alert.domain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** A set of user numbers with the few operations sweeps and back-tests are made of. */
public final class UserSet {

  private static final UserSet EMPTY = new UserSet(new long[0]);

  private final long[] numbers;

  private UserSet(long[] ascending) {
    this.numbers = ascending;
  }

  /** The set of these numbers, in any order, repeated or not. */
  public static UserSet of(long... numbers) {
    return of(LongStream.of(numbers));
  }

  /** The set of these numbers, in any order, repeated or not. */
  public static UserSet of(LongStream numbers) {
    long[] ascending = numbers.sorted().distinct().toArray();
    return ascending.length == 0 ? EMPTY : new UserSet(ascending);
  }

  /** How many there are. */
  public int size() {
    return numbers.length;
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return numbers.length == 0;
  }

  /** Whether the user belongs to it. */
  public boolean contains(long number) {
    return Arrays.binarySearch(numbers, number) >= 0;
  }

  /** Those in both sets. */
  public UserSet and(UserSet other) {
    return merge(other, true);
  }

  /** Those not in the other set. */
  public UserSet minus(UserSet other) {
    return merge(other, false);
  }

  /** The numbers, ascending. */
  public LongStream stream() {
    return LongStream.of(numbers);
  }

  /** The set cut into sets of at most so many users, ascending. */
  public List<UserSet> chunks(int size) {
    List<UserSet> chunks = new ArrayList<>();
    for (int start = 0; start < numbers.length; start += size) {
      int end = Math.min(numbers.length, start + size);
      chunks.add(new UserSet(Arrays.copyOfRange(numbers, start, end)));
    }
    return chunks;
  }

  private UserSet merge(UserSet other, boolean keepShared) {
    long[] kept = new long[numbers.length];
    int count = 0;
    int position = 0;
    for (long number : numbers) {
      while (position < other.numbers.length && other.numbers[position] < number) {
        position++;
      }
      boolean shared = position < other.numbers.length && other.numbers[position] == number;
      if (shared == keepShared) {
        kept[count++] = number;
      }
    }
    return new UserSet(Arrays.copyOf(kept, count));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof UserSet set && Arrays.equals(numbers, set.numbers);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(numbers);
  }

  @Override
  public String toString() {
    return Arrays.toString(numbers);
  }
}
