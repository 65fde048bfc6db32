package io.tenure.statistics.power;

import io.tenure.statistics.distribution.Normal;
import io.tenure.statistics.effect.Alternative;
import io.tenure.statistics.sequential.ConfidenceSequencePlan;
import io.tenure.statistics.sequential.Looks;
import org.hipparchus.analysis.solvers.BracketingNthOrderBrentSolver;

/**
 * How likely a design finds what is there. A drift is the true effect over its standard error at
 * the planned end, positive where the design looks for it.
 */
public sealed interface Detection {

  double power(double drift);

  /** The drift found with a probability. */
  double drift(double power);

  /** One look at the end. */
  record Fixed(double alpha, Alternative alternative) implements Detection {

    @Override
    public double power(double drift) {
      return Detection.beyond(bound(), alternative, drift);
    }

    /** The far side's share is left out, as everywhere: it matters below a power of alpha only. */
    @Override
    public double drift(double power) {
      return bound() - Normal.upperQuantile(power);
    }

    private double bound() {
      return alternative.critical(alpha, Double.POSITIVE_INFINITY);
    }
  }

  /** The looks of a group-sequential plan, up to its end: exact, by the recursion of the bounds. */
  record GroupSequential(Looks looks) implements Detection {

    @Override
    public double power(double drift) {
      return looks.power(looks.plan().alternative() == Alternative.LESS ? -drift : drift);
    }

    @Override
    public double drift(double power) {
      return new BracketingNthOrderBrentSolver(1e-12, 1e-12, 1e-13, 5)
          .solve(200, drift -> power(drift) - power, 0, 20);
    }
  }

  /**
   * A confidence sequence at its planned number of units. Looks before it may find the effect too,
   * so this is the least power it has by then.
   */
  record Sequence(ConfidenceSequencePlan plan) implements Detection {

    @Override
    public double power(double drift) {
      return Detection.beyond(plan.bound(plan.plannedUnits()), plan.alternative(), drift);
    }

    @Override
    public double drift(double power) {
      return plan.bound(plan.plannedUnits()) - Normal.upperQuantile(power);
    }
  }

  private static double beyond(double bound, Alternative alternative, double drift) {
    double near = Normal.survival(bound - drift);
    return alternative == Alternative.TWO_SIDED ? near + Normal.survival(bound + drift) : near;
  }
}
