package io.tenure.experiment.domain.analysis;

import io.tenure.statistics.effect.Comparison;
import io.tenure.statistics.effect.Cuped;
import io.tenure.statistics.effect.RegressionAdjustment;
import io.tenure.statistics.effect.Welch;
import io.tenure.statistics.sample.AdjustableSample;
import io.tenure.statistics.sample.MeanSample;
import io.tenure.statistics.sample.RatioSample;
import io.tenure.statistics.sample.Sample;
import java.util.List;

/** How what is known from before the experiment is taken out of a metric. */
public enum Adjustment {
  /** CUPED with one covariate, regression with several. */
  AUTOMATIC,
  /** Not at all. */
  NONE,
  /** By one covariate, with one slope for all arms. */
  CUPED,
  /** By any number of covariates, with slopes for each arm. */
  REGRESSION;

  /** Compares an arm with the first one. */
  Comparison compare(List<Sample> arms, int arm) {
    return switch (arms.getFirst()) {
      case MeanSample control when uses(control) -> adjusted(arms, MeanSample.class, arm);
      case RatioSample control when uses(control) -> adjusted(arms, RatioSample.class, arm);
      case Sample control -> Welch.compare(arms.get(arm), control);
    };
  }

  /** Whether there is something to adjust by. */
  boolean uses(Sample control) {
    return this != NONE
        && control instanceof AdjustableSample<?> adjustable
        && adjustable.covariates() > 0;
  }

  private <S extends AdjustableSample<S>> Comparison adjusted(
      List<Sample> arms, Class<S> kind, int arm) {
    List<S> same = arms.stream().map(kind::cast).toList();
    boolean regression = this == REGRESSION || same.getFirst().covariates() > 1;
    return regression
        ? RegressionAdjustment.compare(same.get(arm), same.getFirst())
        : Cuped.compare(same.get(arm), same.getFirst(), Cuped.theta(same));
  }
}
