package io.tenure.experiment.domain.analysis;

import io.tenure.statistics.effect.Alternative;
import io.tenure.statistics.effect.Comparison;
import io.tenure.statistics.effect.Effect;
import io.tenure.statistics.effect.Interval;
import io.tenure.statistics.effect.Scale;
import io.tenure.statistics.effect.Terms;
import io.tenure.statistics.sample.Obstacle;
import java.util.List;

/**
 * One look at the end.
 *
 * @param alpha of the test
 * @param alternative what it looks for
 */
public record FixedJudge(double alpha, Alternative alternative) implements Judge {

  @Override
  public int looks() {
    return 1;
  }

  @Override
  public Judged judge(List<Comparison> looks, Scale scale) {
    Effect effect = looks.getLast().effect(new Terms(scale, alternative, alpha));
    return new Judged(effect, rejects(effect), false);
  }

  @Override
  public Interval interval(List<Comparison> looks, Scale scale, double alpha) {
    return switch (looks.getLast().effect(new Terms(scale, alternative, alpha))) {
      case Effect.Estimated estimated -> estimated.interval();
      case Effect.Unavailable(Obstacle obstacle) ->
          throw new IllegalStateException("There is no effect: " + obstacle);
    };
  }

  @Override
  public boolean rejects(List<Comparison> looks, Scale scale) {
    return rejects(looks.getLast().effect(new Terms(scale, alternative, alpha)));
  }

  @Override
  public Judge lookingFor(Alternative other) {
    return new FixedJudge(alpha, other);
  }

  @Override
  public Judge at(List<Long> units) {
    return this;
  }

  private boolean rejects(Effect effect) {
    return effect instanceof Effect.Estimated estimated && estimated.pValue() <= alpha;
  }
}
