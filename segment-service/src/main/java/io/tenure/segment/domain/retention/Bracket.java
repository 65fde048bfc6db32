package io.tenure.segment.domain.retention;

/**
 * The return periods one column of the table is about.
 *
 * @param first the first, 1 for the period after the cohort's own
 * @param last the last, included
 */
public record Bracket(int first, int last) {

  /** Accepts periods from 1 on in the right order. */
  public Bracket {
    if (first < 1 || last < first) {
      throw new IllegalArgumentException(
          "A bracket goes from a period of 1 or more to a later one");
    }
  }
}
