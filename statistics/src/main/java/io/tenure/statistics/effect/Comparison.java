package io.tenure.statistics.effect;

import io.tenure.statistics.sample.Obstacle;
import java.util.function.Function;

/**
 * Two arms compared. Every estimator ends here, so intervals, sequential designs, priors and
 * families are the same for all of them.
 */
public sealed interface Comparison permits Difference, Comparison.Incomparable {

  /** The arms can't be compared. */
  record Incomparable(Obstacle obstacle) implements Comparison {

    @Override
    public Scaled on(Scale scale) {
      return new Scaled.Impossible(obstacle);
    }
  }

  /** The difference on a scale. */
  Scaled on(Scale scale);

  /** The effect on some terms. */
  default Effect effect(Terms terms) {
    return effect(terms.scale(), estimate -> estimate.effect(terms.alternative(), terms.alpha()));
  }

  /** The effect on a scale by some way to judge an estimate. */
  default Effect effect(Scale scale, Function<Estimate, Effect> judge) {
    return switch (on(scale)) {
      case Scaled.Possible(Estimate estimate) -> judge.apply(estimate);
      case Scaled.Impossible(Obstacle obstacle) -> new Effect.Unavailable(obstacle);
    };
  }
}
