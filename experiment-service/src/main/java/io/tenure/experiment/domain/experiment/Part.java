package io.tenure.experiment.domain.experiment;

/**
 * A part of a layer that an experiment owns.
 *
 * @param experiment its key
 * @param from first of 10000
 * @param to one past the last
 */
public record Part(String experiment, int from, int to) {

  /** How many of 10000. */
  public int share() {
    return to - from;
  }
}
