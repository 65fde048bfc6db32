package io.tenure.experiment.domain.serving;

import io.tenure.evaluator.Value;
import java.util.Map;

/**
 * What is stored about a user.
 *
 * @param number the user's number
 * @param traits the stored traits
 */
public record KnownUser(long number, Map<String, Value> traits) {

  /** Copies the map. */
  public KnownUser {
    traits = Map.copyOf(traits);
  }
}
