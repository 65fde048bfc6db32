package io.tenure.evaluator;

import java.util.List;

/**
 * Some of the buckets of a dealing.
 *
 * @param dealing the dealing
 * @param stretches the buckets
 */
public record Place(Dealing dealing, List<Stretch> stretches) {

  /** Accepts stretches inside the dealing. */
  public Place {
    stretches = List.copyOf(stretches);
    if (stretches.stream().anyMatch(stretch -> stretch.to() > dealing.buckets())) {
      throw new IllegalArgumentException("A stretch reaches past the last bucket");
    }
  }
}
