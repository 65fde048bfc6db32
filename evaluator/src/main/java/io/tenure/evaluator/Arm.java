package io.tenure.evaluator;

import java.util.List;

/**
 * A variant with the units that get it.
 *
 * @param variant its name
 * @param places a unit must lie in all of them; ours have one
 */
public record Arm(String variant, List<Place> places) {

  /** Accepts at least one place. */
  public Arm {
    places = List.copyOf(places);
    if (places.isEmpty()) {
      throw new IllegalArgumentException("An arm needs a place");
    }
  }
}
