package io.tenure.evaluator;

/**
 * Neighbouring buckets.
 *
 * @param from the first
 * @param to one past the last
 */
public record Stretch(long from, long to) {

  /** Accepts an empty stretch too. */
  public Stretch {
    if (from < 0 || to < from) {
      throw new IllegalArgumentException("A stretch ends where it begins or later");
    }
  }

  /** Whether a bucket is one of them. */
  public boolean contains(long bucket) {
    return from <= bucket && bucket < to;
  }
}
