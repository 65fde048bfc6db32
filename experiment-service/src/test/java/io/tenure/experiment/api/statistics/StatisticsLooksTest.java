package io.tenure.experiment.api.statistics;

import static io.tenure.experiment.api.statistics.Analyses.analyze;
import static io.tenure.experiment.api.statistics.Analyses.metric;
import static io.tenure.experiment.api.statistics.Vectors.arm;
import static io.tenure.experiment.api.statistics.Vectors.assertFinite;
import static io.tenure.experiment.api.statistics.Vectors.mean;
import static io.tenure.experiment.api.statistics.Vectors.rate;
import static io.tenure.experiment.api.statistics.Vectors.violations;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tenure.proto.experiment.v1.AnalyzeSamplesRequest;
import io.tenure.proto.experiment.v1.AnalyzedMetric;
import io.tenure.proto.experiment.v1.ArmComparison;
import io.tenure.proto.experiment.v1.ComparedEffect;
import io.tenure.proto.experiment.v1.DesignKind;
import io.tenure.proto.experiment.v1.EarlierLook;
import io.tenure.proto.experiment.v1.EffectPrior;
import io.tenure.proto.experiment.v1.EffectScale;
import io.tenure.proto.experiment.v1.GuardrailState;
import io.tenure.proto.experiment.v1.MetricSample;
import io.tenure.proto.experiment.v1.MultiplicityCorrection;
import io.tenure.proto.experiment.v1.SampleSums;
import io.tenure.proto.experiment.v1.TestAlternative;
import io.tenure.proto.experiment.v1.TestDesign;
import io.tenure.proto.experiment.v1.VarianceAdjustment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Analyses that may look early, and analyses that may not be asked. */
final class StatisticsLooksTest {

  /** Bounds of five equal looks, spending by the square: the vectors' first plan. */
  private static final double[] BOUNDS = {
    3.0902323061678136, 2.7141115755307346, 2.472777201913631, 2.279863269315949, 2.1140274230478
  };

  @Test
  void rejectsExactlyBeyondTheBoundOfTheLook() {
    for (int look = 1; look <= 5; look++) {
      assertThat(group(look, BOUNDS[look - 1] + 1e-4).getSignificant()).isTrue();
      assertThat(group(look, BOUNDS[look - 1] - 1e-4).getSignificant()).isFalse();
      ComparedEffect at = group(look, BOUNDS[look - 1]);
      assertThat(at.getPValue()).isCloseTo(0.05, within(1e-5));
      assertThat(at.getInterval().getLow()).isCloseTo(0, within(1e-6));
    }
  }

  @Test
  void remembersWhatWasFoundBefore() {
    AnalyzeSamplesRequest.Builder request =
        request(DesignKind.DESIGN_KIND_GROUP_SEQUENTIAL).addAllLookUnits(List.of(200L, 400L));
    ComparedEffect forgotten = effect(request.clone().addMetrics(metric("m", z(0), z(1))));
    ComparedEffect kept =
        effect(request.clone().addMetrics(metric("m", z(0), z(1)).addEarlierLooks(look(3.2))));

    assertThat(forgotten.getSignificant()).isFalse();
    assertThat(kept.getSignificant()).isTrue();
    assertThat(kept.getPValue()).isLessThan(0.05);
    assertThat(kept.getInterval().getLow()).isCloseTo(3.2 - BOUNDS[0], within(1e-6));
    assertThat(kept.getInterval().getHigh()).isCloseTo(1 + BOUNDS[1], within(1e-6));
    ComparedEffect changed =
        effect(request.clone().addMetrics(metric("m", z(0), z(-3)).addEarlierLooks(look(4))));
    assertThat(changed.getDrifted()).isTrue();
  }

  @Test
  void goesOnPastThePlannedEnd() {
    AnalyzeSamplesRequest.Builder request =
        request(DesignKind.DESIGN_KIND_GROUP_SEQUENTIAL).addAllLookUnits(List.of(900L, 1_100L));
    ComparedEffect effect = effect(request.addMetrics(metric("m", z(0), z(9))));
    assertThat(effect.getSignificant()).isTrue();
    assertThat(effect.getPValue()).isLessThan(0.05);
  }

  @Test
  void agreesWithTheConfidenceSequence() {
    for (var c : Vectors.cases("sequential", "sequences")) {
      double statistic = c.path("statistic").doubleValue();
      AnalyzeSamplesRequest.Builder request =
          AnalyzeSamplesRequest.newBuilder()
              .setScale(EffectScale.EFFECT_SCALE_ABSOLUTE)
              .setDesign(
                  TestDesign.newBuilder()
                      .setKind(DesignKind.DESIGN_KIND_CONFIDENCE_SEQUENCE)
                      .setAlpha(c.path("alpha").doubleValue())
                      .setAlternative(
                          c.path("sides").intValue() == 2
                              ? TestAlternative.TEST_ALTERNATIVE_TWO_SIDED
                              : TestAlternative.TEST_ALTERNATIVE_GREATER))
              .setPlannedUnits(c.path("plannedUnits").longValue())
              .addLookUnits(c.path("units").longValue())
              .addMetrics(metric("m", z(0), z(statistic)));

      ComparedEffect effect = effect(request);

      assertThat(effect.getPValue())
          .isCloseTo(c.path("p").doubleValue(), within(1e-6 * c.path("p").doubleValue() + 1e-13));
      assertThat(effect.getInterval().getLow())
          .isCloseTo(statistic - c.path("bound").doubleValue(), within(1e-6));
    }
  }

  @Test
  void intervalsOfAFamilyGoWithItsVerdictsInEveryDesign() {
    for (DesignKind kind :
        List.of(
            DesignKind.DESIGN_KIND_GROUP_SEQUENTIAL, DesignKind.DESIGN_KIND_CONFIDENCE_SEQUENCE)) {
      for (double z : new double[] {2.9, 3.3, 3.5, 4, 4.4, 5}) {
        AnalyzeSamplesRequest.Builder request =
            request(kind)
                .addLookUnits(600)
                .setCorrection(MultiplicityCorrection.MULTIPLICITY_CORRECTION_BONFERRONI)
                .addMetrics(metric("m", z(0), z(z), z(-z), z(0.1)));
        ComparedEffect effect = effect(request);
        assertThat(effect.getInterval().getLow() > 0)
            .as("%s at %s", kind, z)
            .isEqualTo(effect.getSignificant());
        assertThat(effect.getPValue())
            .isCloseTo(Math.min(1, 3 * effect.getRawPValue()), within(1e-9));
      }
    }
  }

  @Test
  void lookingOftenMakesNoGuardrailHold() {
    // A fixed test holds from 1.645 on, the first of five looks of a one-sided budget from 2.878.
    assertThat(guardrail(DesignKind.DESIGN_KIND_GROUP_SEQUENTIAL, 2.85))
        .isEqualTo(GuardrailState.GUARDRAIL_STATE_OPEN);
    assertThat(guardrail(DesignKind.DESIGN_KIND_GROUP_SEQUENTIAL, 2.89))
        .isEqualTo(GuardrailState.GUARDRAIL_STATE_HOLDS);
    assertThat(guardrail(DesignKind.DESIGN_KIND_GROUP_SEQUENTIAL, -2.89))
        .isEqualTo(GuardrailState.GUARDRAIL_STATE_BROKEN);
    assertThat(guardrail(DesignKind.DESIGN_KIND_CONFIDENCE_SEQUENCE, 2.89))
        .isEqualTo(GuardrailState.GUARDRAIL_STATE_OPEN);
  }

  @Test
  void manyMetricsOfAnExperimentShareItsBounds() {
    AnalyzeSamplesRequest.Builder request =
        request(DesignKind.DESIGN_KIND_GROUP_SEQUENTIAL)
            .addAllLookUnits(LongStream.rangeClosed(1, 28).map(i -> i * 35).boxed().toList())
            .setCorrection(MultiplicityCorrection.MULTIPLICITY_CORRECTION_BENJAMINI_HOCHBERG);
    IntStream.range(0, 1_000)
        .forEach(i -> request.addMetrics(metric("m" + i, z(0), z(i % 7)).setMargin(1)));
    IntStream.range(0, 500).forEach(i -> request.getMetricsBuilder(i).clearMargin());
    long start = System.nanoTime();
    assertFinite(analyze(request.build()));
    // Bounds and p-values of one plan cost half a second, of a thousand plans a quarter of an hour.
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(60));
  }

  @Test
  void namesEveryWrongField() {
    assertThat(
            violations(
                () ->
                    analyze(
                        AnalyzeSamplesRequest.newBuilder()
                            .setScaleValue(8)
                            .setControlArm("nobody")
                            .setPlannedUnits(5)
                            .setPrior(EffectPrior.newBuilder().setDeviation(-1))
                            .setExactRates(true)
                            .addMetrics(
                                metric("m", rate(3, 2), rate(1, 2))
                                    .setWeight(-1)
                                    .setMargin(0)
                                    .setAdjustment(VarianceAdjustment.VARIANCE_ADJUSTMENT_CUPED))
                            .addMetrics(metric("m", mean(-1, Double.NaN, -1), rate(1, 2)))
                            .build())))
        .containsExactly(
            "scale",
            "planned_units",
            "prior.deviation",
            "prior",
            "control_arm",
            "metrics[0].weight",
            "metrics[0].margin",
            "metrics[0].arms[0].sample.proportion.successes",
            "metrics[0].adjustment",
            "metrics[1].name",
            "metrics[1].arms[0].sample.mean.units",
            "metrics[1].arms[0].sample.mean.mean",
            "metrics[1].arms[0].sample.mean.variance",
            "metrics[1].arms[1].sample");
  }

  @Test
  void namesSumsThatNothingHas() {
    SampleSums.Builder impossible =
        Vectors.sums(10).addAllSums(List.of(10.0)).addAllProducts(List.of(1.0));
    assertThat(violations(() -> analyze(sums(impossible))))
        .containsExactly("metrics[0].arms[0].sample.mean_sums.products");
    assertThat(violations(() -> analyze(sums(Vectors.sums(10).addAllSums(List.of(1.0, 2.0))))))
        .contains("metrics[0].arms[0].sample.mean_sums.products");
    assertThat(violations(() -> analyze(AnalyzeSamplesRequest.getDefaultInstance())))
        .containsExactly("metrics");
  }

  @Test
  void namesLooksThatCannotBe() {
    AnalyzeSamplesRequest.Builder request =
        request(DesignKind.DESIGN_KIND_GROUP_SEQUENTIAL)
            .addMetrics(metric("m", z(0), z(1)).addEarlierLooks(look(1)).addEarlierLooks(look(1)));
    assertThat(violations(() -> analyze(request.clone().build())))
        .containsExactly("look_units", "metrics[0].earlier_looks");
    assertThat(
            violations(
                () -> analyze(request.clone().addAllLookUnits(List.of(100L, 300L, 200L)).build())))
        .containsExactly("look_units[2]");
    assertThat(
            violations(
                () ->
                    analyze(
                        request
                            .clone()
                            .setPlannedUnits(1_000_000)
                            .addAllLookUnits(List.of(5_000L, 9_999L, 200_000L))
                            .build())))
        .containsExactly("look_units[1]");
  }

  @Test
  void boundsWhatTakesLong() {
    AnalyzeSamplesRequest.Builder weights =
        request(DesignKind.DESIGN_KIND_GROUP_SEQUENTIAL).addLookUnits(100);
    AnalyzeSamplesRequest.Builder exact = AnalyzeSamplesRequest.newBuilder().setExactRates(true);
    for (int i = 0; i < 21; i++) {
      weights.addMetrics(metric("m" + i, z(0), z(1)).setWeight(i + 1.0));
      exact.addMetrics(metric("m" + i, rate(1, 10), rate(2, 10)));
    }
    assertThat(violations(() -> analyze(weights.build()))).containsExactly("metrics");
    assertThat(violations(() -> analyze(exact.build()))).containsExactly("exact_rates");
    AnalyzeSamplesRequest.Builder oneSided =
        request(DesignKind.DESIGN_KIND_GROUP_SEQUENTIAL)
            .addAllLookUnits(LongStream.rangeClosed(1, 41).map(i -> i * 10).boxed().toList())
            .addMetrics(metric("m", z(0), z(1)));
    oneSided.getDesignBuilder().setAlternative(TestAlternative.TEST_ALTERNATIVE_GREATER);
    assertThat(violations(() -> analyze(oneSided.build()))).containsExactly("look_units");
    List<Long> looks = new ArrayList<>(LongStream.rangeClosed(1, 101).boxed().toList());
    assertThat(
            violations(
                () ->
                    analyze(
                        request(DesignKind.DESIGN_KIND_CONFIDENCE_SEQUENCE)
                            .addAllLookUnits(looks)
                            .addMetrics(metric("m", z(0), z(1)))
                            .build())))
        .containsExactly("look_units");
  }

  private static AnalyzeSamplesRequest sums(SampleSums.Builder sums) {
    MetricSample sample = MetricSample.newBuilder().setMeanSums(sums).build();
    return AnalyzeSamplesRequest.newBuilder()
        .addMetrics(metric("m", sample, mean(10, 1, 1)))
        .build();
  }

  private static GuardrailState guardrail(DesignKind kind, double room) {
    ArmComparison comparison =
        analyze(
                request(kind)
                    .addLookUnits(200)
                    .addMetrics(metric("m", z(0), z(room - 1)).setMargin(1))
                    .build())
            .getMetrics(0)
            .getComparisons(0);
    assertThat(comparison.getGuardrail().hasPValue())
        .isEqualTo(kind != DesignKind.DESIGN_KIND_GROUP_SEQUENTIAL);
    return comparison.getGuardrail().getState();
  }

  private static ComparedEffect group(int looks, double statistic) {
    return effect(
        request(DesignKind.DESIGN_KIND_GROUP_SEQUENTIAL)
            .addAllLookUnits(LongStream.rangeClosed(1, looks).map(i -> 200 * i).boxed().toList())
            .addMetrics(metric("m", z(0), z(statistic))));
  }

  private static ComparedEffect effect(AnalyzeSamplesRequest.Builder request) {
    return analyze(request.build()).getMetrics(0).getComparisons(0).getEffect();
  }

  private static AnalyzeSamplesRequest.Builder request(DesignKind kind) {
    return AnalyzeSamplesRequest.newBuilder()
        .setScale(EffectScale.EFFECT_SCALE_ABSOLUTE)
        .setDesign(TestDesign.newBuilder().setKind(kind))
        .setPlannedUnits(1_000);
  }

  private static EarlierLook look(double statistic) {
    AnalyzedMetric.Builder then = metric("m", z(0), z(statistic));
    return EarlierLook.newBuilder()
        .addArms(arm("control", then.getArms(0).getSample()))
        .addArms(arm("treatment 1", then.getArms(1).getSample()))
        .build();
  }

  /** An arm whose difference from one at zero has a standard error of 1. */
  private static MetricSample z(double value) {
    return mean(1_000_000_000_000L, value, 0.5e12);
  }
}
