package io.tenure.experiment.domain.analysis;

import io.tenure.statistics.effect.Alternative;
import io.tenure.statistics.effect.Baseline;
import io.tenure.statistics.effect.Comparison;
import io.tenure.statistics.effect.Difference;
import io.tenure.statistics.effect.Direction;
import io.tenure.statistics.effect.Effect;
import io.tenure.statistics.effect.Estimate;
import io.tenure.statistics.effect.Interval;
import io.tenure.statistics.effect.Scale;
import io.tenure.statistics.effect.Scaled;
import io.tenure.statistics.multiplicity.Guardrail.State;
import io.tenure.statistics.sample.Obstacle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a guardrail, on the terms of the experiment's design: looking often must not
 * make a guardrail hold either.
 *
 * @param state what is known
 * @param pValue of "the loss is at least the margin"; none when it can't be told, or takes long
 * @param interval one-sided; ends where the greatest loss lies that is not excluded
 */
public record GuardrailVerdict(State state, @Nullable Double pValue, @Nullable Interval interval) {

  /**
   * Tests non-inferiority as a one-sided question of the design: whether what the treatment has
   * more, plus the margin, is above zero.
   */
  static GuardrailVerdict of(
      Judge design, List<Comparison> looks, Scale scale, Direction direction, double margin) {
    Judge greater = design.lookingFor(Alternative.GREATER);
    List<Comparison> room =
        looks.stream().map(look -> room(look, scale, direction, margin, 1)).toList();
    if (room.getLast() instanceof Comparison.Incomparable) {
      return new GuardrailVerdict(State.UNKNOWN, null, null);
    }
    List<Comparison> excess =
        looks.stream().map(look -> room(look, scale, direction, margin, -1)).toList();
    return new GuardrailVerdict(
        state(greater.rejects(room, Scale.ABSOLUTE), greater.rejects(excess, Scale.ABSOLUTE)),
        pValue(greater, room),
        interval(
            greater.interval(room, Scale.ABSOLUTE, greater.alpha()).low() - margin, direction));
  }

  /** A group-sequential one of one side takes seconds, and nothing hangs on it. */
  private static @Nullable Double pValue(Judge judge, List<Comparison> looks) {
    return switch (judge) {
      case GroupSequentialJudge _ -> null;
      case FixedJudge _, SequenceJudge _ ->
          judge.judge(looks, Scale.ABSOLUTE).effect() instanceof Effect.Estimated estimated
              ? (Double) estimated.pValue()
              : null;
    };
  }

  /** After a change of the effect both may have been excluded; then the harm counts. */
  private static State state(boolean holds, boolean broken) {
    if (broken) {
      return State.BROKEN;
    }
    return holds ? State.HOLDS : State.OPEN;
  }

  private static Interval interval(double least, Direction direction) {
    return direction == Direction.HIGHER_IS_BETTER
        ? new Interval(least, Double.POSITIVE_INFINITY)
        : new Interval(Double.NEGATIVE_INFINITY, -least);
  }

  /** What is left of the margin, as a difference of its own. */
  private static Comparison room(
      Comparison look, Scale scale, Direction direction, double margin, int sign) {
    return switch (look.on(scale)) {
      case Scaled.Possible(Estimate estimate) ->
          Difference.of(
              sign * (direction.orient(estimate.value()) + margin),
              estimate.standardError() * estimate.standardError(),
              estimate.degreesOfFreedom(),
              estimate.units(),
              new Baseline(1, 0, 0));
      case Scaled.Impossible(Obstacle obstacle) -> new Comparison.Incomparable(obstacle);
    };
  }
}
