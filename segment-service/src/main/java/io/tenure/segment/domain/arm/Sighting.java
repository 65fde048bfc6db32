package io.tenure.segment.domain.arm;

import java.util.Comparator;

/**
 * The first a unit saw of another experiment. Of several at one instant the first arm by name
 * counts.
 *
 * @param time in milliseconds
 * @param arm as a journey writes it
 */
record Sighting(long time, String arm) implements Comparable<Sighting> {

  private static final Comparator<Sighting> ORDER =
      Comparator.comparingLong(Sighting::time).thenComparing(Sighting::arm);

  @Override
  public int compareTo(Sighting other) {
    return ORDER.compare(this, other);
  }

  static Sighting earlier(Sighting first, Sighting second) {
    return first.compareTo(second) <= 0 ? first : second;
  }
}
