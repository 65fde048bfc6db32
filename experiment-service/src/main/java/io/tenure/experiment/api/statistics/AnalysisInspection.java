package io.tenure.experiment.api.statistics;

import io.tenure.proto.experiment.v1.AnalyzeSamplesRequest;
import io.tenure.proto.experiment.v1.AnalyzedMetric;
import io.tenure.proto.experiment.v1.ArmSample;
import io.tenure.proto.experiment.v1.EffectPrior;
import io.tenure.proto.experiment.v1.VarianceAdjustment;
import io.tenure.statistics.effect.Alternative;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds everything wrong with an analysis before it is made. */
final class AnalysisInspection {

  private static final int MOST_METRICS = 1_000;
  private static final int MOST_ARMS = 20;
  private static final int MOST_LOOKS = 100;
  private static final int MOST_SLOW_LOOKS = 40;
  private static final double LEAST_STEP = 0.005;
  private static final int MOST_SAMPLES = 100_000;
  private static final int MOST_WEIGHTS = 10;
  private static final int MOST_EXACT = 20;

  private final Inspection inspection = new Inspection();
  private final AnalyzeSamplesRequest request;
  private final Set<String> arms;
  private final Set<String> names = new HashSet<>();
  private int samples;

  private AnalysisInspection(AnalyzeSamplesRequest request) {
    this.request = request;
    this.arms = request.getMetricsCount() == 0 ? Set.of() : names(request.getMetrics(0));
  }

  /** Throws INVALID_ARGUMENT naming every violation. */
  static void check(AnalyzeSamplesRequest request) {
    AnalysisInspection inspection = new AnalysisInspection(request);
    inspection.inspect();
    inspection.inspection.check();
  }

  private void inspect() {
    inspection.count("metrics", request.getMetricsCount(), 1, MOST_METRICS);
    inspection.known("scale", request.getScale());
    inspection.known("correction", request.getCorrection());
    inspectDesign();
    if (request.hasPrior()) {
      inspectPrior(request.getPrior());
    }
    inspection.require(
        request.getControlArm().isEmpty() || arms.contains(request.getControlArm()),
        "control_arm",
        "must name an arm");
    for (int i = 0; i < request.getMetricsCount(); i++) {
      inspectMetric("metrics[" + i + "]", request.getMetrics(i));
    }
    inspection.require(samples <= MOST_SAMPLES, "metrics", "at most 100,000 samples");
    inspectCost();
  }

  private void inspectDesign() {
    TermsReader.inspect(inspection, "design", request.getDesign());
    if (!TermsReader.isSequential(request.getDesign())) {
      inspection.require(
          request.getLookUnitsCount() == 0, "look_units", "a fixed design has one look");
      inspection.require(
          request.getPlannedUnits() == 0, "planned_units", "a fixed design doesn't plan them");
      return;
    }
    inspection.require(
        request.getLookUnitsCount() > 0, "look_units", "the looks so far, with this one");
    LooksReader.inspect(
        inspection,
        request.getDesign(),
        request.getPlannedUnits(),
        request.getLookUnitsList(),
        isSlow() ? MOST_SLOW_LOOKS : MOST_LOOKS,
        LEAST_STEP);
  }

  /** The p-values of one-sided bounds take five times as long as those of two-sided ones. */
  private boolean isSlow() {
    return TermsReader.isGroupSequential(request.getDesign())
        && TermsReader.alternative(request.getDesign()) != Alternative.TWO_SIDED;
  }

  private void inspectPrior(EffectPrior prior) {
    inspection.number("prior.mean", prior.getMean());
    inspection.between(
        "prior.deviation", prior.getDeviation(), 1e-100, 1e100, "positive, 1e-100 to 1e100");
    inspection.known("prior.scale", prior.getScale());
    inspection.require(!request.getExactRates(), "prior", "not together with exact_rates");
  }

  private void inspectMetric(String field, AnalyzedMetric metric) {
    inspection.name(field + ".name", metric.getName(), names);
    inspection.known(field + ".direction", metric.getDirection());
    inspection.known(field + ".scale", metric.getScale());
    inspection.known(field + ".adjustment", metric.getAdjustment());
    inspection.between(
        field + ".weight", AnalysisReader.weight(metric), 0.001, 1_000, "0.001 to 1000");
    inspection.require(
        !metric.hasMargin() || (metric.getMargin() >= 1e-100 && metric.getMargin() <= 1e100),
        field + ".margin",
        "positive, 1e-100 to 1e100");
    inspectArms(field + ".arms", metric.getArmsList(), metric);
    int looks = metric.getEarlierLooksCount();
    inspection.require(
        looks == 0 || looks == request.getLookUnitsCount() - 1,
        field + ".earlier_looks",
        "none, or one for each of look_units but the last");
    for (int i = 0; i < looks; i++) {
      inspectArms(
          field + ".earlier_looks[" + i + "].arms",
          metric.getEarlierLooks(i).getArmsList(),
          metric);
    }
    inspectAdjustment(field + ".adjustment", metric);
  }

  private void inspectArms(String field, List<ArmSample> of, AnalyzedMetric metric) {
    samples += of.size();
    inspection.count(field, of.size(), 2, MOST_ARMS);
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < of.size(); i++) {
      String item = field + "[" + i + "]";
      inspection.name(item + ".arm", of.get(i).getArm(), seen);
      SampleReader.inspect(inspection, item + ".sample", of.get(i).getSample());
      inspection.require(
          metric.getArmsCount() > 0
              && SampleReader.shape(of.get(i).getSample())
                  .equals(SampleReader.shape(metric.getArms(0).getSample())),
          item + ".sample",
          "the kind and the components of the metric's first arm");
    }
    inspection.require(seen.equals(arms), field, "the same arms for every metric and look");
  }

  private void inspectAdjustment(String field, AnalyzedMetric metric) {
    if (metric.getArmsCount() == 0) {
      return;
    }
    int covariates = SampleReader.covariates(metric.getArms(0).getSample());
    inspection.require(
        metric.getAdjustment() != VarianceAdjustment.VARIANCE_ADJUSTMENT_CUPED || covariates == 1,
        field,
        "CUPED adjusts by one covariate");
    inspection.require(
        metric.getAdjustment() != VarianceAdjustment.VARIANCE_ADJUSTMENT_REGRESSION
            || covariates > 0,
        field,
        "there is no covariate to adjust by");
  }

  /** What would take long. */
  private void inspectCost() {
    long weights =
        request.getMetricsList().stream()
            .filter(metric -> !metric.hasMargin())
            .mapToDouble(AnalysisReader::weight)
            .distinct()
            .count();
    inspection.require(
        weights <= MOST_WEIGHTS || !TermsReader.isGroupSequential(request.getDesign()),
        "metrics",
        "at most 10 different weights with a group-sequential design");
    long comparisons =
        request.getMetricsList().stream().mapToLong(m -> m.getArmsCount() - 1L).sum();
    inspection.require(
        !request.getExactRates() || comparisons <= MOST_EXACT,
        "exact_rates",
        "for at most 20 comparisons");
  }

  private static Set<String> names(AnalyzedMetric metric) {
    return metric.getArmsList().stream().map(ArmSample::getArm).collect(Collectors.toSet());
  }
}
