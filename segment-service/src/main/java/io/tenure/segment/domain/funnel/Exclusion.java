package io.tenure.segment.domain.funnel;

/**
 * Ends attempts that stand between two steps. Whoever has done {@code after} and not yet {@code
 * before} goes no further with that attempt, and still counts for the steps done.
 *
 * @param after index of the step from which on the excluding event matters
 * @param before index of the step from which on it no longer does
 */
public record Exclusion(int after, int before) {

  /** Accepts two steps in order. */
  public Exclusion {
    if (after < 0 || before <= after) {
      throw new IllegalArgumentException("The step before which it ends must come after the other");
    }
  }
}
