package io.tenure.experiment.api.statistics;

import static io.tenure.experiment.api.statistics.Vectors.assertClose;
import static io.tenure.experiment.api.statistics.Vectors.violations;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tenure.proto.experiment.v1.ArmDetectableEffect;
import io.tenure.proto.experiment.v1.CalculateDetectableEffectRequest;
import io.tenure.proto.experiment.v1.CalculatePowerRequest;
import io.tenure.proto.experiment.v1.CalculateSampleSizeRequest;
import io.tenure.proto.experiment.v1.CalculateSampleSizeResponse;
import io.tenure.proto.experiment.v1.DesignKind;
import io.tenure.proto.experiment.v1.EffectScale;
import io.tenure.proto.experiment.v1.ExperimentOutline;
import io.tenure.proto.experiment.v1.MeanOutcome;
import io.tenure.proto.experiment.v1.MetricSample;
import io.tenure.proto.experiment.v1.ObstacleKind;
import io.tenure.proto.experiment.v1.RatioOutcome;
import io.tenure.proto.experiment.v1.SampleSums;
import io.tenure.proto.experiment.v1.TestAlternative;
import io.tenure.proto.experiment.v1.TestDesign;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class StatisticsPowerTest {

  @Test
  void agreesWithRootsOfTheDefinition() {
    for (JsonNode c : Vectors.cases("power", "cases")) {
      ExperimentOutline outline = outline(c);
      double effect = c.path("effect").doubleValue();
      long units = Math.round(5_000 * (1 + c.path("ratio").doubleValue()));

      double power = power(outline, effect, units);
      ArmDetectableEffect detectable = detectable(outline, units);
      CalculateSampleSizeResponse size = size(outline, effect);

      assertClose(power, c.path("power5000"), "power of " + c);
      assertThat(size.getArmUnits(0)).isEqualTo(c.path("units80").longValue());
      assertThat(size.getTotalUnits()).isEqualTo(size.getArmUnits(0) + size.getArmUnits(1));
      assertClose(detectable.getIncrease(), c.path("increase5000"), "increase of " + c);
      if (c.path("sides").intValue() == 2) {
        assertClose(detectable.getDecrease(), c.path("decrease5000"), "decrease of " + c);
      } else {
        assertThat(detectable.hasDecrease()).isFalse();
        assertThat(detectable.hasObstacle()).isFalse();
      }
    }
  }

  @Test
  void theSmallestTreatmentDecidesHowManyUnitsAllArmsNeed() {
    ExperimentOutline two = rate(0.2).build();
    ExperimentOutline three = rate(0.2).addAllShares(List.of(2.0, 2.0, 1.0)).build();
    ExperimentOutline half = rate(0.2).addAllShares(List.of(2.0, 1.0)).build();

    CalculateSampleSizeResponse size = size(three, 0.05);

    assertThat(size.getArmUnitsList().getFirst()).isEqualTo(size(half, 0.05).getArmUnits(0));
    assertThat(size.getArmUnits(0)).isGreaterThan(size(two, 0.05).getArmUnits(0));
    assertThat(size.getArmUnits(1)).isEqualTo(size.getArmUnits(0));
    assertThat(size.getArmUnits(2)).isEqualTo((size.getArmUnits(0) + 1) / 2);
    assertThat(size.getTotalUnits())
        .isEqualTo(size.getArmUnitsList().stream().mapToLong(Long::longValue).sum());
  }

  @Test
  void lookingEarlierCostsUnits() {
    long fixed = size(rate(0.2).build(), 0.05).getTotalUnits();
    long group =
        size(rate(0.2).setDesign(design(DesignKind.DESIGN_KIND_GROUP_SEQUENTIAL)).build(), 0.05)
            .getTotalUnits();
    long sequence =
        size(rate(0.2).setDesign(design(DesignKind.DESIGN_KIND_CONFIDENCE_SEQUENCE)).build(), 0.05)
            .getTotalUnits();

    // A fixed test needs (1.959964 + 0.841621)^2 V / d^2; the designs' drifts by their vectors.
    assertThat(group / (double) fixed).isBetween(1.05, 1.15);
    assertThat(sequence / (double) fixed).isBetween(1.8, 2.0);
  }

  @Test
  void ratiosArePlannedByTheirLinearForm() {
    // Var(N - R D) / mean(D)^2 = (9 - 2*2*1.5 + 4*4) / 4 = 4.75
    ExperimentOutline ratio =
        ExperimentOutline.newBuilder()
            .setRatio(
                RatioOutcome.newBuilder()
                    .setNumeratorMean(4)
                    .setNumeratorVariance(9)
                    .setDenominatorMean(2)
                    .setDenominatorVariance(4)
                    .setCovariance(1.5))
            .setScale(EffectScale.EFFECT_SCALE_ABSOLUTE)
            .build();
    ExperimentOutline mean =
        ExperimentOutline.newBuilder()
            .setMean(MeanOutcome.newBuilder().setMean(2).setVariance(4.75))
            .setScale(EffectScale.EFFECT_SCALE_ABSOLUTE)
            .build();

    assertThat(size(ratio, 0.1)).isEqualTo(size(mean, 0.1));
  }

  @Test
  void theMiddleOfARunPlansByWhatTheControlHasShown() {
    ExperimentOutline before = rate(0.2).build();
    ExperimentOutline during =
        ExperimentOutline.newBuilder().setControl(Vectors.rate(1_000, 5_000)).build();

    assertThat(detectable(during, 10_000)).isEqualTo(detectable(before, 10_000));
    assertThat(detectable(during, 0)).isEqualTo(detectable(before, 10_000));
  }

  @Test
  void covariatesOfTheControlShowWhatTheyExplain() {
    // Two units' worth of moments: var 4, covariate var 1, covariance 1, so rho^2 = 1 / 4.
    SampleSums sums =
        SampleSums.newBuilder()
            .setUnits(1_001)
            .addAllSums(List.of(10_010.0, 0.0))
            .addAllProducts(List.of(100_100.0 + 4_000, 1_000.0, 1_000.0))
            .build();
    ExperimentOutline control =
        ExperimentOutline.newBuilder()
            .setControl(MetricSample.newBuilder().setMeanSums(sums))
            .build();
    ExperimentOutline told =
        ExperimentOutline.newBuilder()
            .setMean(MeanOutcome.newBuilder().setMean(10).setVariance(4))
            .setExplainedVariance(0.25)
            .build();

    assertThat(detectable(control, 2_000).getIncrease())
        .isCloseTo(detectable(told, 2_000).getIncrease(), within(1e-12));
  }

  @Test
  void saysThatNothingIsGreatEnough() {
    ExperimentOutline noisy =
        ExperimentOutline.newBuilder()
            .setMean(MeanOutcome.newBuilder().setMean(1).setVariance(100))
            .build();
    ArmDetectableEffect mean = detectable(noisy, 1_000);
    ArmDetectableEffect rate = detectable(rate(0.9).build(), 20);

    assertThat(mean.hasIncrease()).isFalse();
    assertThat(mean.getObstacle().getKind()).isEqualTo(ObstacleKind.OBSTACLE_KIND_UNDETECTABLE);
    assertThat(mean.getObstacle().getMessage()).contains("increase");
    assertThat(rate.hasIncrease()).as("a rate above 1").isFalse();
    assertThat(rate.hasDecrease()).isTrue();
  }

  @Test
  void saysThatThereAreNotSoManyUnits() {
    CalculateSampleSizeResponse size = size(rate(0.2).build(), 1e-9);
    assertThat(size.getArmUnitsList()).isEmpty();
    assertThat(size.getObstacle().getKind()).isEqualTo(ObstacleKind.OBSTACLE_KIND_TOO_MANY_UNITS);
  }

  @Test
  void namesEveryWrongField() {
    assertThat(
            violations(
                () ->
                    power(
                        rate(1.5)
                            .setDesign(TestDesign.newBuilder().setAlpha(Double.NaN))
                            .setLooks(1_000)
                            .addAllShares(List.of(1.0, -1.0))
                            .setExplainedVariance(1)
                            .build(),
                        0,
                        3)))
        .containsExactly(
            "outline.design.alpha",
            "outline.looks",
            "outline.shares",
            "outline.explained_variance",
            "outline.rate",
            "effect",
            "units");
    assertThat(violations(() -> power(rate(0.9).build(), 0.2, 100))).containsExactly("effect");
    assertThat(violations(() -> size(ExperimentOutline.getDefaultInstance(), 0.1)))
        .containsExactly("outline");
    assertThat(
            violations(
                () ->
                    size(
                        rate(0.2)
                            .setDesign(
                                TestDesign.newBuilder()
                                    .setAlternative(TestAlternative.TEST_ALTERNATIVE_LESS))
                            .build(),
                        0.1)))
        .containsExactly("effect");
    assertThat(
            violations(
                () ->
                    detectable(
                        ExperimentOutline.newBuilder().setControl(Vectors.rate(0, 10)).build(), 0)))
        .containsExactly("outline.control", "outline.control");
    assertThat(
            violations(
                () ->
                    PowerCalculator.sampleSize(
                        CalculateSampleSizeRequest.newBuilder()
                            .setOutline(
                                rate(0.2)
                                    .setDesign(
                                        TestDesign.newBuilder()
                                            .setKind(DesignKind.DESIGN_KIND_GROUP_SEQUENTIAL)
                                            .setAlpha(0.3)))
                            .setEffect(0.1)
                            .setPower(0.2)
                            .build())))
        .containsExactly("power");
  }

  private static double power(ExperimentOutline outline, double effect, long units) {
    var response =
        PowerCalculator.power(
            CalculatePowerRequest.newBuilder()
                .setOutline(outline)
                .setEffect(effect)
                .setUnits(units)
                .build());
    return response.getArms(0).getPower();
  }

  private static CalculateSampleSizeResponse size(ExperimentOutline outline, double effect) {
    return PowerCalculator.sampleSize(
        CalculateSampleSizeRequest.newBuilder().setOutline(outline).setEffect(effect).build());
  }

  private static ArmDetectableEffect detectable(ExperimentOutline outline, long units) {
    return PowerCalculator.detectableEffect(
            CalculateDetectableEffectRequest.newBuilder()
                .setOutline(outline)
                .setUnits(units)
                .build())
        .getArms(0);
  }

  private static ExperimentOutline.Builder rate(double rate) {
    return ExperimentOutline.newBuilder().setRate(rate);
  }

  private static TestDesign design(DesignKind kind) {
    return TestDesign.newBuilder().setKind(kind).build();
  }

  private static ExperimentOutline outline(JsonNode c) {
    ExperimentOutline.Builder outline =
        ExperimentOutline.newBuilder()
            .setScale(EffectScale.valueOf("EFFECT_SCALE_" + c.path("scale").stringValue()))
            .setDesign(
                TestDesign.newBuilder()
                    .setAlpha(c.path("alpha").doubleValue())
                    .setAlternative(
                        c.path("sides").intValue() == 2
                            ? TestAlternative.TEST_ALTERNATIVE_TWO_SIDED
                            : TestAlternative.TEST_ALTERNATIVE_GREATER))
            .addAllShares(List.of(1.0, c.path("ratio").doubleValue()))
            .setExplainedVariance(c.path("explained").doubleValue());
    double mean = c.path("mean").doubleValue();
    return c.path("kind").stringValue().equals("rate")
        ? outline.setRate(mean).build()
        : outline
            .setMean(
                MeanOutcome.newBuilder()
                    .setMean(mean)
                    .setVariance(c.path("variance").doubleValue()))
            .build();
  }
}
