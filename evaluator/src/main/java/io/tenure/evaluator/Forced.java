package io.tenure.evaluator;

import java.util.Map;

/**
 * Units that get a variant whatever else holds: testers, a preview, a customer with a defect.
 *
 * @param unit what the ids are of
 * @param variants variant by id
 */
public record Forced(UnitType unit, Map<String, String> variants) {

  /** Copies the map. */
  public Forced {
    variants = Map.copyOf(variants);
  }
}
