package io.tenure.statistics.bayes;

import io.tenure.statistics.distribution.Nodes;
import io.tenure.statistics.effect.Direction;
import io.tenure.statistics.effect.Interval;
import io.tenure.statistics.sample.ProportionSample;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.hipparchus.analysis.solvers.BracketingNthOrderBrentSolver;

/**
 * The difference of two conversion rates with Jeffreys' prior Beta(1/2, 1/2) each, for arms with
 * few conversions, where nothing is normal. Probabilities are integrals and no draws: the same data
 * have the same answer every day.
 *
 * <p>Rates are integrated as sin^2 of an angle, in which a Beta density with half-integer
 * parameters is smooth up to both ends and about equally wide everywhere (Fisher's
 * variance-stabilising transform).
 */
public final class BetaPosterior implements Belief {

  private static final double PRIOR = 0.5;

  /** Panels are this part of the narrower posterior's deviation in the angle. */
  private static final double PANEL = 1;

  /** Outside so many deviations nothing is left to integrate. */
  private static final double REACH = 12;

  private final BetaDistribution treatment;
  private final BetaDistribution control;

  private BetaPosterior(BetaDistribution treatment, BetaDistribution control) {
    this.treatment = treatment;
    this.control = control;
  }

  public static BetaPosterior of(ProportionSample treatment, ProportionSample control) {
    return new BetaPosterior(rate(treatment), rate(control));
  }

  @Override
  public double chanceToWin(Direction direction) {
    return switch (direction) {
      case HIGHER_IS_BETTER -> exceeds(treatment, control);
      case LOWER_IS_BETTER -> exceeds(control, treatment);
    };
  }

  @Override
  public double lossOfTreatment(Direction direction) {
    return switch (direction) {
      case HIGHER_IS_BETTER -> excess(control, treatment);
      case LOWER_IS_BETTER -> excess(treatment, control);
    };
  }

  @Override
  public double lossOfControl(Direction direction) {
    return switch (direction) {
      case HIGHER_IS_BETTER -> excess(treatment, control);
      case LOWER_IS_BETTER -> excess(control, treatment);
    };
  }

  @Override
  public Interval credible(double level) {
    double tail = (1 - level) / 2;
    return new Interval(quantile(tail), quantile(1 - tail));
  }

  /** Probability that the treatment's rate exceeds the control's by at most so much. */
  public double cumulative(double difference) {
    double low = Math.max(0, -difference);
    double high = Math.min(1, 1 - difference);
    if (low >= high) {
      return difference > 0 ? 1 : 0;
    }
    // Above the interval the treatment's rate is certainly lower than needed.
    double certain = control.survivalProbability(high);
    return certain
        + integral(
            control,
            low,
            high,
            x -> treatment.cumulativeProbability(Math.clamp(x + difference, 0, 1)));
  }

  private double quantile(double probability) {
    return new BracketingNthOrderBrentSolver(1e-13, 1e-13, 1e-14, 5)
        .solve(200, difference -> cumulative(difference) - probability, -1, 1);
  }

  /** Probability that the first rate is greater. */
  private static double exceeds(BetaDistribution first, BetaDistribution second) {
    return integral(first, 0, 1, second::cumulativeProbability);
  }

  /** Mean of what the first rate has more: the integral of P(second < x < first). */
  private static double excess(BetaDistribution first, BetaDistribution second) {
    double panel = PANEL * Math.min(angle(first), angle(second));
    return Nodes.over(0, Math.PI / 2, panel)
        .integrate(
            angle -> {
              double sine = Math.sin(angle);
              double x = sine * sine;
              return first.survivalProbability(x)
                  * second.cumulativeProbability(x)
                  * 2
                  * sine
                  * Math.cos(angle);
            });
  }

  /** Integral of a function under a rate's density over part of [0, 1]. */
  private static double integral(
      BetaDistribution rate, double low, double high, DoubleUnaryOperator function) {
    double width = high - low;
    double middle = Math.asin(Math.sqrt(Math.clamp((rate.getMean() - low) / width, 0, 1)));
    double deviation = angle(rate) / Math.sqrt(width);
    double reach = REACH * Math.max(deviation, angle(rate));
    double from = low == 0 && high == 1 ? Math.max(0, middle - 3 * reach) : 0;
    double to = low == 0 && high == 1 ? Math.min(Math.PI / 2, middle + 3 * reach) : Math.PI / 2;
    return Nodes.over(from, to, PANEL * Math.min(deviation, 0.1))
        .integrate(
            angle -> {
              double sine = Math.sin(angle);
              double x = low + width * sine * sine;
              return rate.density(x)
                  * function.applyAsDouble(x)
                  * 2
                  * sine
                  * Math.cos(angle)
                  * width;
            });
  }

  /** About the deviation of a rate's angle. */
  private static double angle(BetaDistribution rate) {
    return 0.5 / Math.sqrt(rate.getAlpha() + rate.getBeta());
  }

  private static BetaDistribution rate(ProportionSample sample) {
    return BetaDistribution.of(
        PRIOR + sample.successes(), PRIOR + (sample.units() - sample.successes()));
  }
}
