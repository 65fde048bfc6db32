package io.tenure.experiment.api.statistics;

import io.tenure.experiment.domain.analysis.Adjustment;
import io.tenure.experiment.domain.analysis.Analysis;
import io.tenure.experiment.domain.analysis.FixedJudge;
import io.tenure.experiment.domain.analysis.GroupSequentialJudge;
import io.tenure.experiment.domain.analysis.Judge;
import io.tenure.experiment.domain.analysis.MetricSamples;
import io.tenure.experiment.domain.analysis.SequenceJudge;
import io.tenure.experiment.domain.analysis.SharedLooks;
import io.tenure.proto.experiment.v1.AnalyzeSamplesRequest;
import io.tenure.proto.experiment.v1.AnalyzedMetric;
import io.tenure.proto.experiment.v1.ArmSample;
import io.tenure.proto.experiment.v1.EffectScale;
import io.tenure.proto.experiment.v1.MultiplicityCorrection;
import io.tenure.proto.experiment.v1.TestDesign;
import io.tenure.proto.experiment.v1.VarianceAdjustment;
import io.tenure.statistics.bayes.Prior;
import io.tenure.statistics.multiplicity.Correction;
import io.tenure.statistics.sample.Sample;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An analysis and its metrics, from a message that was inspected. */
final class AnalysisReader {

  private AnalysisReader() {}

  static Analysis analysis(AnalyzeSamplesRequest request, SharedLooks shared) {
    return new Analysis(
        judge(request, shared),
        correction(request.getCorrection()),
        prior(request),
        request.getExactRates());
  }

  static List<MetricSamples> metrics(AnalyzeSamplesRequest request) {
    String control = controlArm(request);
    return request.getMetricsList().stream()
        .map(metric -> metric(metric, request.getScale(), control))
        .toList();
  }

  /** Name of the control arm. */
  static String controlArm(AnalyzeSamplesRequest request) {
    return request.getControlArm().isEmpty() && request.getMetricsCount() > 0
        ? request.getMetrics(0).getArmsList().stream().findFirst().map(ArmSample::getArm).orElse("")
        : request.getControlArm();
  }

  /** Names of the treatments, in the order of a metric. */
  static List<String> treatments(AnalyzedMetric metric, String control) {
    return metric.getArmsList().stream()
        .map(ArmSample::getArm)
        .filter(arm -> !arm.equals(control))
        .toList();
  }

  static double weight(AnalyzedMetric metric) {
    return metric.getWeight() == 0 ? 1 : metric.getWeight();
  }

  private static Judge judge(AnalyzeSamplesRequest request, SharedLooks shared) {
    TestDesign design = request.getDesign();
    return switch (TermsReader.kind(design)) {
      case DESIGN_KIND_FIXED, DESIGN_KIND_UNSPECIFIED, UNRECOGNIZED ->
          new FixedJudge(TermsReader.alpha(design), TermsReader.alternative(design));
      case DESIGN_KIND_GROUP_SEQUENTIAL ->
          new GroupSequentialJudge(
              TermsReader.groupSequential(design, request.getPlannedUnits()),
              request.getLookUnitsList(),
              shared);
      case DESIGN_KIND_CONFIDENCE_SEQUENCE ->
          new SequenceJudge(
              TermsReader.sequence(design, request.getPlannedUnits()), request.getLookUnitsList());
    };
  }

  private static MetricSamples metric(AnalyzedMetric metric, EffectScale usual, String control) {
    List<String> order = treatments(metric, control);
    EffectScale scale =
        metric.getScale() == EffectScale.EFFECT_SCALE_UNSPECIFIED ? usual : metric.getScale();
    return new MetricSamples(
        metric.getName(),
        TermsReader.scale(scale),
        TermsReader.direction(metric.getDirection()),
        weight(metric),
        metric.hasMargin() ? (Double) metric.getMargin() : null,
        adjustment(metric.getAdjustment()),
        samples(metric.getArmsList(), order),
        metric.getEarlierLooksList().stream()
            .map(look -> samples(look.getArmsList(), order))
            .toList(),
        null);
  }

  /** Samples with the control's first (it is in no order) and then the treatments'. */
  private static List<Sample> samples(List<ArmSample> arms, List<String> order) {
    return arms.stream()
        .sorted(Comparator.comparingInt(arm -> order.indexOf(arm.getArm())))
        .map(arm -> SampleReader.read(arm.getSample()))
        .toList();
  }

  private static @Nullable Correction correction(MultiplicityCorrection correction) {
    return switch (correction) {
      case MULTIPLICITY_CORRECTION_UNSPECIFIED, MULTIPLICITY_CORRECTION_NONE, UNRECOGNIZED -> null;
      case MULTIPLICITY_CORRECTION_BONFERRONI -> Correction.BONFERRONI;
      case MULTIPLICITY_CORRECTION_HOLM -> Correction.HOLM;
      case MULTIPLICITY_CORRECTION_BENJAMINI_HOCHBERG -> Correction.BENJAMINI_HOCHBERG;
    };
  }

  private static Adjustment adjustment(VarianceAdjustment adjustment) {
    return switch (adjustment) {
      case VARIANCE_ADJUSTMENT_UNSPECIFIED, UNRECOGNIZED -> Adjustment.AUTOMATIC;
      case VARIANCE_ADJUSTMENT_NONE -> Adjustment.NONE;
      case VARIANCE_ADJUSTMENT_CUPED -> Adjustment.CUPED;
      case VARIANCE_ADJUSTMENT_REGRESSION -> Adjustment.REGRESSION;
    };
  }

  private static Prior prior(AnalyzeSamplesRequest request) {
    return request.hasPrior()
        ? new Prior.Gaussian(
            request.getPrior().getMean(),
            request.getPrior().getDeviation(),
            TermsReader.scale(request.getPrior().getScale()))
        : new Prior.Flat();
  }
}
