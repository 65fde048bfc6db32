package io.tenure.statistics.effect;

import io.tenure.statistics.sample.Obstacle;

/** A difference on one scale, or why it has none there. */
public sealed interface Scaled {

  record Possible(Estimate estimate) implements Scaled {}

  record Impossible(Obstacle obstacle) implements Scaled {}
}
