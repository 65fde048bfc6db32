package io.tenure.experiment.domain.result;

import io.tenure.experiment.domain.experiment.AnalysisPlan;
import io.tenure.statistics.effect.Alternative;
import io.tenure.statistics.effect.Scale;
import io.tenure.statistics.power.Design;
import io.tenure.statistics.power.Detection;
import io.tenure.statistics.power.Outcome;
import io.tenure.statistics.sample.LinearForm;
import io.tenure.statistics.sample.MeanSample;
import io.tenure.statistics.sample.ProportionSample;
import io.tenure.statistics.sample.QuantileSample;
import io.tenure.statistics.sample.RatioSample;
import io.tenure.statistics.sample.Sample;
import io.tenure.statistics.sequential.ConfidenceSequencePlan;
import io.tenure.statistics.sequential.GroupSequentialPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** What a run's goals can find with the planned units, by what the control arm has shown. */
final class PowerCheck {

  /** A plan of daily looks has about the power of one with these. */
  private static final int USUAL_LOOKS = 10;

  private final AnalysisPlan plan;
  private final Detection detection;

  PowerCheck(AnalysisPlan plan) {
    this.plan = plan;
    this.detection =
        switch (plan.design()) {
          case GROUP_SEQUENTIAL ->
              new Detection.GroupSequential(
                  GroupSequentialPlan.usual(plan.alpha(), plan.plannedUnits())
                      .equalLooks(USUAL_LOOKS));
          case CONFIDENCE_SEQUENCE ->
              new Detection.Sequence(
                  new ConfidenceSequencePlan(
                      plan.alpha(), Alternative.TWO_SIDED, plan.plannedUnits()));
          case FIXED -> new Detection.Fixed(plan.alpha(), Alternative.TWO_SIDED);
        };
  }

  /** One for each goal and treatment. */
  List<Health.PowerLeft> left(Evidence evidence) {
    List<Health.PowerLeft> left = new ArrayList<>();
    double[] weights = evidence.weights();
    double all = Arrays.stream(weights).sum();
    for (Evidence.Measured goal : evidence.goals()) {
      for (int arm = 1; arm < weights.length; arm++) {
        left.add(
            left(
                goal,
                evidence.arms().get(arm),
                weights[arm] / weights[0],
                plan.plannedUnits() * weights[0] / all));
      }
    }
    return left;
  }

  private Health.PowerLeft left(
      Evidence.Measured goal, String arm, double treatmentPerControl, double controlUnits) {
    String metric = goal.metric().key();
    Sample control = control(goal);
    if (control == null) {
      return new Health.PowerLeft(metric, arm, null, null, null);
    }
    Outcome outcome = outcome(control);
    if (outcome == null) {
      return new Health.PowerLeft(metric, arm, null, null, null);
    }
    Design design =
        new Design(outcome, Scale.RELATIVE, detection, treatmentPerControl, explained(control));
    OptionalDouble detectable = design.detectableIncrease(controlUnits, plan.power());
    double effect = plan.smallestEffect();
    Long needed = null;
    Double power = null;
    try {
      power = design.power(controlUnits, effect);
      needed =
          Math.round(
              plan.plannedUnits() * (design.controlUnits(effect, plan.power()) / controlUnits));
    } catch (IllegalArgumentException impossible) {
      // The control's rate leaves no room for such an effect.
    }
    return new Health.PowerLeft(
        metric,
        arm,
        detectable.isPresent() ? (Double) detectable.getAsDouble() : null,
        power,
        needed);
  }

  private static @Nullable Sample control(Evidence.Measured goal) {
    ArmSource.Arms arms = goal.arms();
    return arms == null ? null : ArmSamples.of(arms.looks().getLast().arms()).getFirst();
  }

  private static @Nullable Outcome outcome(Sample control) {
    if (control.obstacle().isPresent()) {
      return null;
    }
    return switch (control) {
      case ProportionSample rate ->
          rate.successes() == 0 || rate.successes() == rate.units()
              ? null
              : new Outcome.Rate(rate.estimate().value());
      case MeanSample mean ->
          mean.moments().variance(0) > 0 && mean.moments().mean(0) != 0
              ? Outcome.Mean.of(mean)
              : null;
      case RatioSample ratio ->
          ratio.linearForm().covariance(0, 0) > 0 && ratio.estimate().value() != 0
              ? Outcome.Mean.of(ratio)
              : null;
      case QuantileSample _ -> null;
    };
  }

  /** Share of the variance that the covariate takes out. */
  private static double explained(Sample control) {
    return switch (control) {
      case MeanSample mean when mean.covariates() > 0 -> explained(mean.linearForm());
      case RatioSample ratio when ratio.covariates() > 0 -> explained(ratio.linearForm());
      case MeanSample _, RatioSample _, ProportionSample _, QuantileSample _ -> 0;
    };
  }

  private static double explained(LinearForm form) {
    double shared = form.covariance(0, 1);
    double of = shared * shared / (form.covariance(0, 0) * form.covariance(1, 1));
    return Math.clamp(of, 0, 0.999);
  }
}
