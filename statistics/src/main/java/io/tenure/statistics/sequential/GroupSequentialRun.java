package io.tenure.statistics.sequential;

import io.tenure.statistics.distribution.Normal;
import io.tenure.statistics.distribution.StudentT;
import io.tenure.statistics.effect.Comparison;
import io.tenure.statistics.effect.Effect;
import io.tenure.statistics.effect.Estimate;
import io.tenure.statistics.effect.Interval;
import io.tenure.statistics.effect.Scale;
import io.tenure.statistics.effect.Scaled;
import io.tenure.statistics.sample.Obstacle;
import java.util.Arrays;
import java.util.Optional;

/**
 * One metric's way through a {@link GroupSequentialPlan}: at each look the interval reaches as many
 * standard errors as the look's bound, so all of them hold the true effect together (repeated
 * confidence intervals, Jennison and Turnbull, Journal of the Royal Statistical Society B 51,
 * 1989).
 *
 * <p>When more units come than were planned, the budget spent so far is frozen and what is left of
 * it goes to a confidence sequence, which never ends.
 */
public final class GroupSequentialRun implements SequentialRun {

  /** No statistic is told beyond this; a double has no probability left there. */
  private static final double FURTHEST = 36;

  private static final double LEAST_REMAINDER = 1e-9;

  private final Scale scale;
  private final Looks looks;
  private final double[] statistics;
  private final Scaled latest;
  private final RunningInterval running;
  private final boolean crossed;
  private final double afterEnd;

  private GroupSequentialRun(
      Scale scale,
      Looks looks,
      double[] statistics,
      Scaled latest,
      RunningInterval running,
      boolean crossed,
      double afterEnd) {
    this.scale = scale;
    this.looks = looks;
    this.statistics = statistics;
    this.latest = latest;
    this.running = running;
    this.crossed = crossed;
    this.afterEnd = afterEnd;
  }

  /** Before the first look. */
  public static GroupSequentialRun start(GroupSequentialPlan plan, Scale scale) {
    return new GroupSequentialRun(
        scale,
        plan.start(),
        new double[0],
        new Scaled.Impossible(new Obstacle.TooFewUnits(0, 1)),
        RunningInterval.UNBOUNDED,
        false,
        1);
  }

  @Override
  public GroupSequentialRun next(Comparison comparison) {
    return switch (comparison.on(scale)) {
      case Scaled.Possible(Estimate estimate) -> next(looks.next(estimate.units()), comparison);
      case Scaled.Impossible _ -> next(looks, comparison);
    };
  }

  /**
   * After one more look, the bounds of which are known: metrics of one experiment share them, also
   * when they are of a slice of its units.
   *
   * @param withThis this run's looks and at most one more
   */
  public GroupSequentialRun next(Looks withThis, Comparison comparison) {
    if (withThis.count() - looks.count() > 1 || withThis.count() < looks.count()) {
      throw new IllegalArgumentException("A run goes on by one look at a time");
    }
    Scaled scaled = comparison.on(scale);
    GroupSequentialRun seen = withThis.count() > looks.count() ? look(withThis, scaled) : this;
    return switch (scaled) {
      case Scaled.Possible(Estimate estimate) when estimate.units() > plan().maxUnits() ->
          seen.afterEnd(estimate);
      case Scaled.Possible _, Scaled.Impossible _ -> seen.with(scaled);
    };
  }

  private GroupSequentialRun look(Looks withThis, Scaled scaled) {
    double[] longer = Arrays.copyOf(statistics, statistics.length + 1);
    longer[statistics.length] = Double.NEGATIVE_INFINITY;
    RunningInterval next = running;
    if (scaled instanceof Scaled.Possible(Estimate estimate)) {
      longer[statistics.length] = normal(estimate);
      next = running.and(interval(estimate, withThis.latestBound()));
    }
    boolean crosses = longer[statistics.length] >= withThis.latestBound();
    return new GroupSequentialRun(
        scale, withThis, longer, scaled, next, crossed || crosses, afterEnd);
  }

  private GroupSequentialRun afterEnd(Estimate estimate) {
    Optional<ConfidenceSequencePlan> rest = remainder();
    if (rest.isEmpty()) {
      return with(new Scaled.Possible(estimate));
    }
    ConfidenceSequencePlan sequence = rest.get();
    double width = sequence.bound(estimate.units()) * estimate.standardError();
    Interval now = plan().alternative().interval(estimate.value(), width);
    return new GroupSequentialRun(
        scale,
        looks,
        statistics,
        new Scaled.Possible(estimate),
        running.and(now),
        crossed,
        Math.min(afterEnd, sequence.pValue(estimate.statistic(), estimate.units())));
  }

  private GroupSequentialRun with(Scaled scaled) {
    return new GroupSequentialRun(scale, looks, statistics, scaled, running, crossed, afterEnd);
  }

  public GroupSequentialPlan plan() {
    return looks.plan();
  }

  public Looks looks() {
    return looks;
  }

  /** The design that goes on past the planned end; empty when the whole budget is spent. */
  public Optional<ConfidenceSequencePlan> remainder() {
    double left = plan().alpha() - looks.spentSoFar();
    return left > LEAST_REMAINDER
        ? Optional.of(new ConfidenceSequencePlan(left, plan().alternative(), plan().maxUnits()))
        : Optional.empty();
  }

  @Override
  public Effect effect() {
    return switch (latest) {
      case Scaled.Impossible(Obstacle obstacle) -> new Effect.Unavailable(obstacle);
      case Scaled.Possible(Estimate estimate) ->
          new Effect.Estimated(
              estimate.value(),
              estimate.standardError(),
              estimate.degreesOfFreedom(),
              running.interval(),
              pValue());
    };
  }

  /** The least budget under which a look would have rejected "no difference" by now. */
  public double pValue() {
    double before = statistics.length == 0 ? 1 : looks.pValue(statistics);
    double after = afterEnd < 1 ? Math.min(1, looks.spentSoFar() + afterEnd) : 1;
    double p = Math.min(before, after);
    // The table's sixth digit must not contradict a bound.
    return significant() ? Math.min(p, plan().alpha()) : Math.max(p, Math.nextUp(plan().alpha()));
  }

  @Override
  public boolean significant() {
    return crossed || (afterEnd < 1 && looks.spentSoFar() + afterEnd <= plan().alpha());
  }

  @Override
  public RunningInterval running() {
    return running;
  }

  /**
   * The statistic as a normal one of the same probability, so that young arms with few degrees of
   * freedom raise no false alarm (Jennison and Turnbull 2000, section 3.8).
   */
  private double normal(Estimate estimate) {
    double oriented = plan().alternative().orient(estimate.statistic());
    double tail = StudentT.survival(oriented, estimate.degreesOfFreedom());
    return tail > 0 ? Math.min(FURTHEST, Normal.upperQuantile(tail)) : FURTHEST;
  }

  private Interval interval(Estimate estimate, double bound) {
    double width =
        bound < FURTHEST
            ? StudentT.upperQuantile(Normal.survival(bound), estimate.degreesOfFreedom())
                * estimate.standardError()
            : Double.POSITIVE_INFINITY;
    return plan().alternative().interval(estimate.value(), width);
  }
}
