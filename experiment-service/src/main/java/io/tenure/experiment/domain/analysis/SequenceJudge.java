package io.tenure.experiment.domain.analysis;

import io.tenure.statistics.effect.Alternative;
import io.tenure.statistics.effect.Comparison;
import io.tenure.statistics.effect.Difference;
import io.tenure.statistics.effect.Interval;
import io.tenure.statistics.effect.Scale;
import io.tenure.statistics.sequential.ConfidenceSequencePlan;
import io.tenure.statistics.sequential.ConfidenceSequenceRun;
import java.util.List;

/**
 * Looks at any time, for ever.
 *
 * @param plan fixed at the start
 * @param units of all arms together at each look, the latest last
 */
public record SequenceJudge(ConfidenceSequencePlan plan, List<Long> units) implements Judge {

  /** Copies the list. */
  public SequenceJudge {
    units = List.copyOf(units);
  }

  @Override
  public double alpha() {
    return plan.alpha();
  }

  @Override
  public int looks() {
    return units.size();
  }

  @Override
  public Judged judge(List<Comparison> looks, Scale scale) {
    ConfidenceSequenceRun run = run(plan, looks, scale);
    return new Judged(run.effect(), run.significant(), run.running().drifted());
  }

  @Override
  public Interval interval(List<Comparison> looks, Scale scale, double alpha) {
    return run(plan.withAlpha(alpha), looks, scale).running().interval();
  }

  @Override
  public boolean rejects(List<Comparison> looks, Scale scale) {
    return run(plan, looks, scale).significant();
  }

  @Override
  public Judge lookingFor(Alternative other) {
    return new SequenceJudge(
        new ConfidenceSequencePlan(plan.alpha(), other, plan.plannedUnits(), plan.tunedFor()),
        units);
  }

  @Override
  public Judge at(List<Long> others) {
    return new SequenceJudge(plan, others);
  }

  /**
   * A comparison as one of a look. A plan counts the units of all arms, and a slice or a third arm
   * is as far in its own as the experiment is in all of them.
   */
  static Comparison at(long units, Comparison comparison) {
    return switch (comparison) {
      case Difference d ->
          new Difference(d.value(), d.variance(), d.degreesOfFreedom(), units, d.baseline());
      case Comparison.Incomparable incomparable -> incomparable;
    };
  }

  private ConfidenceSequenceRun run(
      ConfidenceSequencePlan by, List<Comparison> comparisons, Scale scale) {
    ConfidenceSequenceRun run = ConfidenceSequenceRun.start(by, scale);
    for (int i = 0; i < units.size(); i++) {
      run = run.next(at(units.get(i), comparisons.get(i)));
    }
    return run;
  }
}
