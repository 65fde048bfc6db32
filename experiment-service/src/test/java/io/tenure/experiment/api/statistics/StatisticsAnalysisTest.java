package io.tenure.experiment.api.statistics;

import static io.tenure.experiment.api.statistics.Analyses.analyze;
import static io.tenure.experiment.api.statistics.Analyses.metric;
import static io.tenure.experiment.api.statistics.Vectors.assertClose;
import static io.tenure.experiment.api.statistics.Vectors.assertFinite;
import static io.tenure.experiment.api.statistics.Vectors.mean;
import static io.tenure.experiment.api.statistics.Vectors.rate;
import static io.tenure.experiment.api.statistics.Vectors.sums;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tenure.proto.experiment.v1.AnalyzeSamplesRequest;
import io.tenure.proto.experiment.v1.AnalyzeSamplesResponse;
import io.tenure.proto.experiment.v1.AnalyzedMetric;
import io.tenure.proto.experiment.v1.ArmComparison;
import io.tenure.proto.experiment.v1.ComparedEffect;
import io.tenure.proto.experiment.v1.EffectPrior;
import io.tenure.proto.experiment.v1.EffectScale;
import io.tenure.proto.experiment.v1.GuardrailState;
import io.tenure.proto.experiment.v1.MetricDirection;
import io.tenure.proto.experiment.v1.MetricSample;
import io.tenure.proto.experiment.v1.MultiplicityCorrection;
import io.tenure.proto.experiment.v1.ObstacleKind;
import io.tenure.proto.experiment.v1.QuantileBounds;
import io.tenure.proto.experiment.v1.TestAlternative;
import io.tenure.proto.experiment.v1.TestDesign;
import io.tenure.proto.experiment.v1.VarianceAdjustment;
import io.tenure.statistics.sample.QuantileSample;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Sums in, judgements out, against the vectors of other sources. */
final class StatisticsAnalysisTest {

  @Test
  void comparesMeans() {
    // One case has a mean a million times its spread, whose raw squares say nothing any more.
    check(
        "means",
        units -> MetricSample.newBuilder().setMeanSums(Vectors.centred(units)).build(),
        VarianceAdjustment.VARIANCE_ADJUSTMENT_NONE);
  }

  @Test
  void comparesProportions() {
    check(
        "proportions",
        counts -> rate(counts.get(0).longValue(), counts.get(1).longValue()),
        VarianceAdjustment.VARIANCE_ADJUSTMENT_UNSPECIFIED);
  }

  @Test
  void comparesRatios() {
    check("ratios", StatisticsAnalysisTest::ratioSums, VarianceAdjustment.VARIANCE_ADJUSTMENT_NONE);
  }

  @Test
  void adjustsMeansAndRatiosByOneCovariate() {
    check("cuped", StatisticsAnalysisTest::meanSums, VarianceAdjustment.VARIANCE_ADJUSTMENT_CUPED);
    check(
        "cuped",
        units -> MetricSample.newBuilder().setMeanSums(Vectors.centred(units)).build(),
        VarianceAdjustment.VARIANCE_ADJUSTMENT_CUPED);
    check(
        "cupedRatios",
        StatisticsAnalysisTest::ratioSums,
        VarianceAdjustment.VARIANCE_ADJUSTMENT_UNSPECIFIED);
  }

  @Test
  void adjustsBySeveralCovariates() {
    check(
        "regressions",
        StatisticsAnalysisTest::meanSums,
        VarianceAdjustment.VARIANCE_ADJUSTMENT_REGRESSION);
  }

  @Test
  void comparesQuantiles() {
    for (JsonNode c : Vectors.cases("effects", "quantiles")) {
      double quantile = c.path("quantile").doubleValue();
      check(c, units -> quantile(units, quantile), AnalyzedMetric.newBuilder());
    }
  }

  @Test
  void believesInRatesExactly() {
    for (JsonNode c : Vectors.cases("bayes", "betas")) {
      ArmComparison comparison =
          one(
              request()
                  .setScale(EffectScale.EFFECT_SCALE_ABSOLUTE)
                  .setExactRates(true)
                  .addMetrics(metric("m", counts(c.path("control")), counts(c.path("treatment")))));

      assertThat(comparison.getBelief().getExactRates()).isTrue();
      assertClose(comparison.getBelief().getChanceToWin(), c.path("win"), "win " + c);
      assertClose(
          comparison.getBelief().getRiskOfTreatment(), c.path("lossOfTreatment"), "loss " + c);
      assertClose(comparison.getBelief().getRiskOfControl(), c.path("lossOfControl"), "loss " + c);
      assertFinite(comparison);
    }
  }

  @Test
  void believesInNormalEffects() {
    for (JsonNode c : Vectors.cases("bayes", "normals")) {
      JsonNode difference = c.path("difference");
      double variance = difference.path("variance").doubleValue();
      double baselineVariance = difference.path("baselineVariance").doubleValue();
      if (difference.path("covariance").doubleValue() != -baselineVariance
          || variance <= baselineVariance) {
        continue; // Arms that are independent have no other covariance.
      }
      double baseline = difference.path("baseline").doubleValue();
      long units = 1_000_000_000_000L;
      MetricSample control = mean(units, baseline, baselineVariance * units);
      MetricSample treatment =
          mean(
              units,
              baseline + difference.path("value").doubleValue(),
              (variance - baselineVariance) * units);
      AnalyzeSamplesRequest.Builder request =
          request()
              .setScale(EffectScale.valueOf("EFFECT_SCALE_" + c.path("scale").stringValue()))
              .addMetrics(metric("m", control, treatment));
      if (!c.path("prior").isNull()) {
        request.setPrior(prior(c.path("prior")));
      }

      ArmComparison comparison = one(request);

      assertClose(comparison.getBelief().getChanceToWin(), c.path("win"), "win " + c);
      assertThat(comparison.getBelief().getRiskOfTreatment())
          .isCloseTo(c.path("lossOfTreatment").doubleValue(), within(1e-9));
      assertClose(comparison.getBelief().getRiskOfControl(), c.path("lossOfControl"), "loss " + c);
      assertClose(comparison.getBelief().getCredible().getLow(), c.path("low"), "low " + c);
      assertClose(comparison.getBelief().getCredible().getHigh(), c.path("high"), "high " + c);
    }
  }

  @Test
  void lowerCanBeBetter() {
    AnalyzedMetric.Builder complaints = metric("complaints", rate(100, 1_000), rate(70, 1_000));
    double higher = one(request().addMetrics(complaints)).getBelief().getChanceToWin();
    double lower =
        one(request()
                .addMetrics(
                    complaints.setDirection(MetricDirection.METRIC_DIRECTION_LOWER_IS_BETTER)))
            .getBelief()
            .getChanceToWin();
    assertThat(higher).isLessThan(0.02);
    assertThat(lower + higher).isCloseTo(1, within(1e-12));
  }

  @Test
  void correctsTheFamilyOfAllMetricsAndArms() {
    // p-values of z = 2.5758, 2.0537, 2.1701, 2.8070 are 0.01, 0.04, 0.03, 0.005: the vectors'
    // first family.
    double[] z = {2.575829303548901, 2.053748910631823, 2.17009037758456, 2.807033768343811};
    for (JsonNode c : Vectors.cases("multiplicity", "equal")) {
      if (c.path("p").size() != 4 || c.path("p").get(0).doubleValue() != 0.01) {
        continue;
      }
      AnalyzeSamplesRequest.Builder request =
          request()
              .setScale(EffectScale.EFFECT_SCALE_ABSOLUTE)
              .setCorrection(
                  MultiplicityCorrection.valueOf(
                      "MULTIPLICITY_CORRECTION_" + c.path("correction").stringValue()));
      for (int i = 0; i < 4; i += 2) {
        request.addMetrics(metric("m" + i, z(0), z(z[i]), z(z[i + 1])));
      }
      request.addMetrics(metric("guardrail", z(0), z(5), z(-5)).setMargin(1));
      AnalyzeSamplesResponse response = analyze(request.build());
      for (int i = 0; i < 4; i++) {
        ComparedEffect effect = response.getMetrics(i / 2).getComparisons(i % 2).getEffect();
        assertThat(effect.getRawPValue()).isCloseTo(c.path("p").get(i).doubleValue(), within(1e-9));
        assertThat(effect.getPValue())
            .isCloseTo(c.path("adjusted").get(i).doubleValue(), within(1e-8));
        assertThat(effect.getSignificant()).isEqualTo(c.path("found").get(i).booleanValue());
        boolean excludesZero =
            effect.getInterval().getLow() > 0 || effect.getInterval().getHigh() < 0;
        assertThat(excludesZero)
            .as("the interval of %s goes with its verdict", effect)
            .isEqualTo(effect.getSignificant());
      }
      ComparedEffect guarded = response.getMetrics(2).getComparisons(0).getEffect();
      assertThat(guarded.getPValue()).isEqualTo(guarded.getRawPValue());
    }
  }

  @Test
  void weighsQuestions() {
    AnalyzeSamplesRequest.Builder request =
        request()
            .setScale(EffectScale.EFFECT_SCALE_ABSOLUTE)
            .setCorrection(MultiplicityCorrection.MULTIPLICITY_CORRECTION_BONFERRONI)
            .addMetrics(metric("goal", z(0), z(2.2)).setWeight(3))
            .addMetrics(metric("side", z(0), z(2.2)).setWeight(1));
    AnalyzeSamplesResponse response = analyze(request.build());
    // p = 0.0278; the goal has 3/4 of alpha, the side question 1/4.
    assertThat(effect(response, 0).getPValue()).isCloseTo(0.0278068954 / 0.75, within(1e-8));
    assertThat(effect(response, 1).getPValue()).isCloseTo(0.0278068954 / 0.25, within(1e-8));
    assertThat(effect(response, 0).getIntervalLevel()).isCloseTo(0.9625, within(1e-12));
    assertThat(effect(response, 1).getIntervalLevel()).isCloseTo(0.9875, within(1e-12));
  }

  @Test
  void guardrailsHoldOnlyOnceHarmIsExcluded() {
    // Standard error 1 and margin 2 on the absolute scale; 1.644854 is the one-sided bound.
    assertThat(guardrail(-0.35, 2)).isEqualTo(GuardrailState.GUARDRAIL_STATE_HOLDS);
    assertThat(guardrail(-0.36, 2)).isEqualTo(GuardrailState.GUARDRAIL_STATE_OPEN);
    assertThat(guardrail(-3.64, 2)).isEqualTo(GuardrailState.GUARDRAIL_STATE_OPEN);
    assertThat(guardrail(-3.65, 2)).isEqualTo(GuardrailState.GUARDRAIL_STATE_BROKEN);

    ArmComparison comparison = absolute(metric("m", z(0), z(-0.35)).setMargin(2));
    assertThat(comparison.getGuardrail().getPValue()).isCloseTo(0.0494714680, within(1e-8));
    assertThat(comparison.getGuardrail().getInterval().getLow())
        .isCloseTo(-0.35 - 1.6448536270, within(1e-8));
    assertThat(comparison.getGuardrail().getInterval().hasHigh()).isFalse();

    ArmComparison lower =
        absolute(
            metric("m", z(0), z(0.35))
                .setMargin(2)
                .setDirection(MetricDirection.METRIC_DIRECTION_LOWER_IS_BETTER));
    assertThat(lower.getGuardrail().getState()).isEqualTo(GuardrailState.GUARDRAIL_STATE_HOLDS);
    assertThat(lower.getGuardrail().getInterval().getHigh())
        .isCloseTo(0.35 + 1.6448536270, within(1e-8));

    ArmComparison young = absolute(metric("m", rate(0, 1), rate(0, 0)).setMargin(2));
    assertThat(young.getGuardrail().getState()).isEqualTo(GuardrailState.GUARDRAIL_STATE_UNKNOWN);
  }

  @Test
  void theControlMayBeAnyArm() {
    AnalyzedMetric.Builder metric = metric("m", rate(10, 100), rate(20, 100), rate(40, 100));
    AnalyzeSamplesResponse response =
        analyze(
            request()
                .setScale(EffectScale.EFFECT_SCALE_ABSOLUTE)
                .setControlArm("treatment 1")
                .addMetrics(metric)
                .build());
    List<ArmComparison> comparisons = response.getMetrics(0).getComparisonsList();
    assertThat(comparisons)
        .extracting(ArmComparison::getArm)
        .containsExactly("control", "treatment 2");
    assertThat(comparisons.get(0).getEffect().getEstimate()).isCloseTo(-0.1, within(1e-12));
    assertThat(comparisons.get(1).getEffect().getEstimate()).isCloseTo(0.2, within(1e-12));
    assertThat(comparisons.get(1).getControl().getValue()).isEqualTo(0.2);
  }

  @Test
  void tellsWhatCovariatesSaved() {
    JsonNode c = Vectors.cases("effects", "cuped").getFirst();
    ArmComparison plain =
        one(
            request()
                .setScale(EffectScale.EFFECT_SCALE_ABSOLUTE)
                .addMetrics(
                    metric("m", meanSums(c.path("control")), meanSums(c.path("treatment")))
                        .setAdjustment(VarianceAdjustment.VARIANCE_ADJUSTMENT_NONE)));
    ArmComparison adjusted =
        absolute(metric("m", meanSums(c.path("control")), meanSums(c.path("treatment"))));

    double ratio = adjusted.getEffect().getStandardError() / plain.getEffect().getStandardError();
    assertThat(plain.getEffect().hasVarianceReduction()).isFalse();
    assertThat(adjusted.getEffect().getVarianceReduction())
        .isCloseTo(1 - ratio * ratio, within(1e-12))
        .isGreaterThan(0.1);
  }

  @Test
  void saysInWordsWhyThereIsNoEffect() {
    assertObstacle(ObstacleKind.OBSTACLE_KIND_TOO_FEW_UNITS, rate(1, 1), rate(1, 10));
    assertObstacle(ObstacleKind.OBSTACLE_KIND_ZERO_VARIANCE, rate(0, 10), rate(0, 10));
    assertObstacle(ObstacleKind.OBSTACLE_KIND_ZERO_BASELINE, rate(0, 10), rate(5, 10));
    assertObstacle(ObstacleKind.OBSTACLE_KIND_NOT_FINITE, mean(10, 1e-90, 1e190), mean(10, 1, 1));
    MetricSample nobody =
        MetricSample.newBuilder()
            .setRatioSums(
                sums(3).addAllSums(List.of(0.0, 0.0)).addAllProducts(List.of(0.0, 0.0, 0.0)))
            .build();
    assertObstacle(ObstacleKind.OBSTACLE_KIND_ZERO_DENOMINATOR, nobody, nobody);
    MetricSample tied =
        MetricSample.newBuilder()
            .setQuantile(
                QuantileBounds.newBuilder()
                    .setUnits(100)
                    .setQuantile(0.5)
                    .setValue(3)
                    .setLow(3)
                    .setHigh(3))
            .build();
    assertObstacle(ObstacleKind.OBSTACLE_KIND_TIED_QUANTILE, tied, tied);
    MetricSample collinear =
        MetricSample.newBuilder()
            .setMeanSums(
                sums(10)
                    .addAllSums(List.of(1.0, 0.0, 0.0))
                    .addAllProducts(List.of(9.0, 1.0, 4.0, 1.0, 4.0, 4.0)))
            .build();
    assertObstacle(ObstacleKind.OBSTACLE_KIND_COLLINEAR_COVARIATES, collinear, collinear);
  }

  @Test
  void neverTellsWhatIsNoNumber() {
    SplittableRandom random = new SplittableRandom(20260301);
    for (int i = 0; i < 3_000; i++) {
      AnalyzedMetric.Builder metric = metric("m", any(random), any(random), any(random));
      if (random.nextBoolean()) {
        metric.setMargin(Math.pow(10, random.nextDouble(-100, 100)));
      }
      AnalyzeSamplesRequest.Builder request =
          request()
              .setScale(
                  random.nextBoolean()
                      ? EffectScale.EFFECT_SCALE_ABSOLUTE
                      : EffectScale.EFFECT_SCALE_RELATIVE)
              .setCorrection(MultiplicityCorrection.forNumber(random.nextInt(5)))
              .setDesign(
                  TestDesign.newBuilder()
                      .setAlternative(TestAlternative.forNumber(random.nextInt(4))))
              .addMetrics(metric);
      if (random.nextBoolean()) {
        request.setPrior(
            EffectPrior.newBuilder()
                .setMean(random.nextDouble(-2, 2))
                .setDeviation(Math.pow(10, random.nextDouble(-100, 100)))
                .setScaleValue(random.nextInt(3)));
      }
      AnalyzeSamplesResponse response = analyze(request.build());
      assertFinite(response);
      for (ArmComparison comparison : response.getMetrics(0).getComparisonsList()) {
        assertThat(comparison.hasEffect() && comparison.hasBelief())
            .isNotEqualTo(comparison.hasObstacle());
      }
    }
  }

  private static MetricSample any(SplittableRandom random) {
    long units = random.nextBoolean() ? random.nextLong(4) : random.nextLong(1_000_000_000_000L);
    double size = Math.pow(10, random.nextDouble(-100, 100));
    return mean(
        units,
        random.nextInt(5) == 0 ? 0 : random.nextBoolean() ? size : -size,
        random.nextInt(5) == 0 ? 0 : Math.pow(10, random.nextDouble(-200, 200)));
  }

  private static void check(
      String kind, Function<JsonNode, MetricSample> sample, VarianceAdjustment adjustment) {
    for (JsonNode c : Vectors.cases("effects", kind)) {
      check(c, sample, AnalyzedMetric.newBuilder().setAdjustment(adjustment));
    }
  }

  private static void check(
      JsonNode c, Function<JsonNode, MetricSample> sample, AnalyzedMetric.Builder like) {
    AnalyzedMetric.Builder metric =
        metric("m", sample.apply(c.path("control")), sample.apply(c.path("treatment")))
            .setAdjustment(like.getAdjustment());
    for (EffectScale scale :
        List.of(EffectScale.EFFECT_SCALE_ABSOLUTE, EffectScale.EFFECT_SCALE_RELATIVE)) {
      JsonNode expected =
          c.path(scale == EffectScale.EFFECT_SCALE_ABSOLUTE ? "absolute" : "relative");
      ComparedEffect effect = one(request().addMetrics(metric.setScale(scale))).getEffect();
      assertClose(effect.getEstimate(), expected.path("estimate"), "estimate " + scale);
      assertClose(effect.getStandardError(), expected.path("standardError"), "error " + scale);
      assertClose(effect.getDegreesOfFreedom(), expected.path("df"), "df " + scale);
      assertThat(effect.getPValue()).isCloseTo(expected.path("p").doubleValue(), within(1e-9));
      assertClose(effect.getInterval().getLow(), expected.path("low"), "low " + scale);
      assertClose(effect.getInterval().getHigh(), expected.path("high"), "high " + scale);
      assertThat(effect.getSignificant()).isEqualTo(expected.path("p").doubleValue() <= 0.05);
    }
  }

  private static void assertObstacle(
      ObstacleKind kind, MetricSample control, MetricSample treatment) {
    AnalyzeSamplesResponse response =
        analyze(request().addMetrics(metric("m", control, treatment)).build());
    ArmComparison comparison = response.getMetrics(0).getComparisons(0);
    assertThat(comparison.getObstacle().getKind()).isEqualTo(kind);
    assertThat(comparison.getObstacle().getMessage()).isNotBlank();
    assertThat(comparison.hasEffect()).isFalse();
    assertThat(comparison.hasBelief()).isFalse();
    assertFinite(response);
  }

  private static GuardrailState guardrail(double value, double margin) {
    return absolute(metric("m", z(0), z(value)).setMargin(margin)).getGuardrail().getState();
  }

  private static ArmComparison absolute(AnalyzedMetric.Builder metric) {
    return one(request().setScale(EffectScale.EFFECT_SCALE_ABSOLUTE).addMetrics(metric));
  }

  /** An arm whose difference from one at zero has a standard error of 1. */
  private static MetricSample z(double value) {
    return mean(1_000_000_000_000L, value, 0.5e12);
  }

  private static ComparedEffect effect(AnalyzeSamplesResponse response, int metric) {
    return response.getMetrics(metric).getComparisons(0).getEffect();
  }

  private static ArmComparison one(AnalyzeSamplesRequest.Builder request) {
    AnalyzeSamplesResponse response = analyze(request.build());
    assertFinite(response);
    return response.getMetrics(0).getComparisons(0);
  }

  private static AnalyzeSamplesRequest.Builder request() {
    return AnalyzeSamplesRequest.newBuilder();
  }

  private static EffectPrior prior(JsonNode prior) {
    return EffectPrior.newBuilder()
        .setMean(prior.path("mean").doubleValue())
        .setDeviation(prior.path("deviation").doubleValue())
        .setScale(EffectScale.valueOf("EFFECT_SCALE_" + prior.path("scale").stringValue()))
        .build();
  }

  private static MetricSample counts(JsonNode counts) {
    return rate(counts.get(0).longValue(), counts.get(1).longValue());
  }

  private static MetricSample meanSums(JsonNode units) {
    return MetricSample.newBuilder().setMeanSums(sums(units)).build();
  }

  private static MetricSample ratioSums(JsonNode units) {
    return MetricSample.newBuilder().setRatioSums(sums(units)).build();
  }

  private static MetricSample quantile(JsonNode units, double quantile) {
    double[] sorted =
        Vectors.list(units).stream().mapToDouble(JsonNode::doubleValue).sorted().toArray();
    QuantileSample sample = QuantileSample.ofSorted(sorted, quantile);
    return MetricSample.newBuilder()
        .setQuantile(
            QuantileBounds.newBuilder()
                .setUnits(sample.units())
                .setQuantile(quantile)
                .setValue(sample.value())
                .setLow(sample.low())
                .setHigh(sample.high()))
        .build();
  }
}
