package io.tenure.experiment.domain.analysis;

import io.tenure.statistics.effect.Alternative;
import io.tenure.statistics.effect.Comparison;
import io.tenure.statistics.effect.Interval;
import io.tenure.statistics.effect.Scale;
import java.util.List;

/**
 * The design of an experiment, asked the same questions whatever it is. It is given a comparison
 * for each of its looks, the oldest first.
 */
public sealed interface Judge permits FixedJudge, GroupSequentialJudge, SequenceJudge {

  /** How often "no difference" may be rejected when it is true. */
  double alpha();

  /** How many looks there were, with the latest. */
  int looks();

  /** The effect at the latest look, its interval and p-value for this question alone. */
  Judged judge(List<Comparison> looks, Scale scale);

  /** The interval with which another alpha leaves the effect; needs an effect to be there. */
  Interval interval(List<Comparison> looks, Scale scale, double alpha);

  /** Whether a look has rejected "no difference"; cheaper than a whole judgement. */
  boolean rejects(List<Comparison> looks, Scale scale);

  /** The same design that looks for something else. */
  Judge lookingFor(Alternative alternative);

  /**
   * The same design with other numbers of units at its looks.
   *
   * @param units of all arms at each look, the latest last
   */
  Judge at(List<Long> units);
}
