package io.tenure.evaluator;

/**
 * Units keep their variant even when shares, layers or conditions change. The version says under
 * which state of the split a unit was dealt; raising the oldest one leaves out whoever was dealt
 * before, since a unit that saw one variant must not be counted for another.
 *
 * @param version under which units are dealt now
 * @param oldest units that were dealt under an older version take no part
 */
public record Stickiness(int version, int oldest) {

  /** Accepts an oldest version that is not newer than the current one. */
  public Stickiness {
    if (oldest < 0 || oldest > version) {
      throw new IllegalArgumentException("The oldest version must be from 0 to the current one");
    }
  }
}
