package io.tenure.statistics.sequential;

import io.tenure.statistics.effect.Alternative;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The looks a group-sequential plan has had, with the bound of each. It hangs on the numbers of
 * units only, so one serves all metrics of an experiment.
 *
 * <p>A look without new units is none: its bound is the one before it. Past the planned end there
 * is no further bound here; see {@link GroupSequentialRun}.
 */
public final class Looks {

  /** A smaller share of the plan's units is no new look. */
  private static final double LEAST_STEP = 1e-7;

  private final GroupSequentialPlan plan;
  private final long[] units;
  private final double[] bounds;
  private final double[] spent;
  private final Continuation continuation;

  /** Found when first asked for; finding it twice does no harm. */
  private volatile @Nullable RepeatedPValues pValues;

  private Looks(
      GroupSequentialPlan plan,
      long[] units,
      double[] bounds,
      double[] spent,
      Continuation continuation) {
    this.plan = plan;
    this.units = units;
    this.bounds = bounds;
    this.spent = spent;
    this.continuation = continuation;
  }

  static Looks none(GroupSequentialPlan plan) {
    return new Looks(
        plan, new long[0], new double[0], new double[0], Continuation.start(plan.sides() == 2));
  }

  /** With one more look; the same when it brings no new units or comes after the planned end. */
  public Looks next(long at) {
    double time = (double) at / plan.maxUnits();
    if (at > plan.maxUnits() || time - continuation.time() < LEAST_STEP) {
      return this;
    }
    Continuation.Walk walk = continuation.walk(time);
    double total = plan.spent(at);
    double bound = walk.bound(total - spentSoFar());
    return new Looks(
        plan, with(units, at), with(bounds, bound), with(spent, total), walk.stopAt(bound));
  }

  public GroupSequentialPlan plan() {
    return plan;
  }

  public int count() {
    return bounds.length;
  }

  /** Units of all arms at a look, counted from 0. */
  public long units(int look) {
    return units[look];
  }

  /** How many standard errors from zero stop the experiment at a look, counted from 0. */
  public double bound(int look) {
    return bounds[look];
  }

  /** The budget spent by the end of a look, counted from 0. */
  public double spent(int look) {
    return spent[look];
  }

  /** The bound of the latest look; infinite before the first. */
  public double latestBound() {
    return count() == 0 ? Double.POSITIVE_INFINITY : bounds[count() - 1];
  }

  /** The budget spent so far. */
  public double spentSoFar() {
    return count() == 0 ? 0 : spent[count() - 1];
  }

  /**
   * Probability that one of these looks stops the experiment.
   *
   * @param drift the true effect over its standard error at the planned end
   */
  public double power(double drift) {
    return 1 - continuation.unstopped(plan.alternative() == Alternative.LESS ? -drift : drift);
  }

  /**
   * The least budget under which one of these looks would have stopped the experiment: a p-value
   * that may be looked at as often as the bounds, to five digits. The first call solves the bounds
   * of some seventy budgets; all others look them up.
   *
   * @param statistics of each look, turned so that great values speak against "no difference"
   */
  public double pValue(double... statistics) {
    if (statistics.length != count()) {
      throw new IllegalArgumentException(
          count() + " looks have as many statistics, not " + statistics.length);
    }
    RepeatedPValues known = pValues;
    if (known == null) {
      known = RepeatedPValues.of(plan, units);
      pValues = known;
    }
    return known.pValue(statistics);
  }

  private static double[] with(double[] values, double value) {
    double[] longer = Arrays.copyOf(values, values.length + 1);
    longer[values.length] = value;
    return longer;
  }

  private static long[] with(long[] values, long value) {
    long[] longer = Arrays.copyOf(values, values.length + 1);
    longer[values.length] = value;
    return longer;
  }
}
