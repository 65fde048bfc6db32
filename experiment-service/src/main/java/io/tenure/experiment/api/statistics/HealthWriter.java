package io.tenure.experiment.api.statistics;

import io.tenure.experiment.domain.result.Health;
import io.tenure.proto.experiment.v1.CovariateBalance;
import io.tenure.proto.experiment.v1.ExperimentHealth;
import io.tenure.proto.experiment.v1.PowerLeft;

/** Health, to its message. */
final class HealthWriter {

  private HealthWriter() {}

  static ExperimentHealth write(Health health) {
    ExperimentHealth.Builder message =
        ExperimentHealth.newBuilder()
            .setBasis(ResultWriter.write(health.basis()))
            .setSeverity(RatioWriter.write(health.severity()))
            .addAllArms(ResultWriter.write(health.balance()))
            .setSampleRatio(RatioWriter.write(health.ratio()))
            .setSampleRatioOverLooks(
                RatioWriter.write(health.overLooks(), health.severityOverLooks()))
            .setMixedUnits(health.mixed().units())
            .setMixedShare(health.mixed().share())
            .setMixedSeverity(RatioWriter.write(health.mixed().severity()))
            .setStrangers(health.strangers())
            .addAllFindings(health.findings());
    var suspect = health.suspect();
    if (suspect != null) {
      message.setSuspect(RatioWriter.write(suspect));
    }
    health.covariates().forEach(covariate -> message.addCovariates(write(covariate)));
    health.power().forEach(power -> message.addPower(write(power)));
    return message.build();
  }

  private static CovariateBalance write(Health.Covariate covariate) {
    CovariateBalance.Builder message =
        CovariateBalance.newBuilder()
            .setMetricKey(covariate.metric())
            .setArm(covariate.arm())
            .setPValue(covariate.pValue())
            .setSeverity(RatioWriter.write(covariate.severity()));
    Double difference = covariate.difference();
    if (difference != null) {
      message.setDifference(difference);
    }
    return message.build();
  }

  private static PowerLeft write(Health.PowerLeft power) {
    PowerLeft.Builder message =
        PowerLeft.newBuilder().setMetricKey(power.metric()).setArm(power.arm());
    Double detectable = power.detectable();
    if (detectable != null) {
      message.setDetectableEffect(detectable);
    }
    Double found = power.power();
    if (found != null) {
      message.setPower(found);
    }
    Long needed = power.needed();
    if (needed != null) {
      message.setNeededUnits(needed);
    }
    return message.build();
  }
}
