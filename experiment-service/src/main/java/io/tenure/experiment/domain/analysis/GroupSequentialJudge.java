package io.tenure.experiment.domain.analysis;

import io.tenure.statistics.effect.Alternative;
import io.tenure.statistics.effect.Comparison;
import io.tenure.statistics.effect.Interval;
import io.tenure.statistics.effect.Scale;
import io.tenure.statistics.sequential.GroupSequentialPlan;
import io.tenure.statistics.sequential.GroupSequentialRun;
import io.tenure.statistics.sequential.Looks;
import java.util.List;

/**
 * Looks up to a planned end. Their bounds are found once for all metrics.
 *
 * @param plan fixed at the start
 * @param units of all arms together at each look, the latest last
 * @param shared where bounds are found
 */
public record GroupSequentialJudge(GroupSequentialPlan plan, List<Long> units, SharedLooks shared)
    implements Judge {

  /** Copies the list. */
  public GroupSequentialJudge {
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
    GroupSequentialRun run = run(plan, looks, scale);
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
    return new GroupSequentialJudge(
        new GroupSequentialPlan(plan.spending(), plan.alpha(), other, plan.maxUnits()),
        units,
        shared);
  }

  @Override
  public Judge at(List<Long> others) {
    return new GroupSequentialJudge(plan, others, shared);
  }

  private GroupSequentialRun run(
      GroupSequentialPlan by, List<Comparison> comparisons, Scale scale) {
    List<Looks> looks = shared.of(by, units);
    GroupSequentialRun run = GroupSequentialRun.start(by, scale);
    for (int i = 0; i < units.size(); i++) {
      run = run.next(looks.get(i), SequenceJudge.at(units.get(i), comparisons.get(i)));
    }
    return run;
  }
}
