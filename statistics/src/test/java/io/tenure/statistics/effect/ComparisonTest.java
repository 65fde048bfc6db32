package io.tenure.statistics.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tenure.platform.testing.Generator;
import io.tenure.platform.testing.Property;
import io.tenure.statistics.Vectors;
import io.tenure.statistics.sample.MeanSample;
import io.tenure.statistics.sample.Moments;
import io.tenure.statistics.sample.MomentsBuilder;
import io.tenure.statistics.sample.Obstacle;
import io.tenure.statistics.sample.ProportionSample;
import io.tenure.statistics.sample.QuantileSample;
import io.tenure.statistics.sample.RatioSample;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What must hold of every comparison, and what is said when there is none. */
final class ComparisonTest {

  /** Two arms of users with spending before and during an experiment, never all alike. */
  private static final Generator<Arms> ARMS =
      Generator.integers(0, Integer.MAX_VALUE).map(ComparisonTest::arms, Arms::seed);

  private record Arms(int seed, double[][] treatment, double[][] control) {}

  @Test
  void negatingAMetricNegatesItsEffect() {
    Property.forAll(
        ARMS,
        arms -> {
          for (Scale scale : Scale.values()) {
            Effect.Estimated there = effect(arms, 1, scale);
            Effect.Estimated back = effect(arms, -1, scale);
            assertThat(back.estimate()).isEqualTo(-there.estimate());
            assertThat(back.standardError()).isEqualTo(there.standardError());
            assertThat(back.pValue()).isEqualTo(there.pValue());
            assertThat(back.interval())
                .isEqualTo(new Interval(-there.interval().high(), -there.interval().low()));
          }
        });
  }

  @Test
  void swappingTheArmsNegatesTheAbsoluteEffect() {
    Property.forAll(
        ARMS,
        arms -> {
          Effect.Estimated there = effect(arms, 1, Scale.ABSOLUTE);
          Effect.Estimated back =
              effect(new Arms(0, arms.control(), arms.treatment()), 1, Scale.ABSOLUTE);
          Vectors.assertClose(back.estimate(), -there.estimate(), 1e-9, "estimate");
          Vectors.assertClose(back.standardError(), there.standardError(), 1e-9, "error");
          Vectors.assertClose(back.pValue(), there.pValue(), 1e-9, "p-value");
        });
  }

  @Test
  void theUnitOfMoneyDoesNotMatter() {
    Property.forAll(
        ARMS,
        arms -> {
          Effect.Estimated cents = effect(arms, 100, Scale.RELATIVE);
          Effect.Estimated whole = effect(arms, 1, Scale.RELATIVE);
          Vectors.assertClose(cents.estimate(), whole.estimate(), 1e-9, "estimate");
          Vectors.assertClose(cents.standardError(), whole.standardError(), 1e-9, "error");
          Vectors.assertClose(
              effect(arms, 100, Scale.ABSOLUTE).standardError(),
              100 * effect(arms, 1, Scale.ABSOLUTE).standardError(),
              1e-9,
              "absolute error");
        });
  }

  @Test
  void adjustingByACovariateKeepsTheDifferenceFairAndItsErrorSmaller() {
    Property.forAll(
        ARMS,
        arms -> {
          MeanSample treatment = new MeanSample(moments(arms.treatment(), 1, 2));
          MeanSample control = new MeanSample(moments(arms.control(), 1, 2));
          double raw = difference(Welch.compare(treatment, control)).variance();
          assertThat(difference(Cuped.compare(treatment, control)).variance())
              .isLessThanOrEqualTo(raw * 1.2);
          // With one covariate whose slopes agree, the regression says nearly the same.
          assertThat(difference(RegressionAdjustment.compare(treatment, control)).value())
              .isCloseTo(
                  difference(Cuped.compare(treatment, control)).value(),
                  within(3 * Math.sqrt(raw)));
        });
  }

  @Test
  void aRatioWithOnesBelowIsAMean() {
    Property.forAll(
        ARMS,
        arms -> {
          Difference mean =
              difference(
                  Welch.compare(
                      new MeanSample(moments(arms.treatment(), 1, 1)),
                      new MeanSample(moments(arms.control(), 1, 1))));
          Difference ratio =
              difference(Welch.compare(overOne(arms.treatment()), overOne(arms.control())));
          Vectors.assertClose(ratio.value(), mean.value(), 1e-9, "value");
          Vectors.assertClose(ratio.variance(), mean.variance(), 1e-9, "variance");
        });
  }

  @Test
  void aLosingControlCanBeBeaten() {
    Effect.Estimated effect =
        (Effect.Estimated)
            Welch.compare(MeanSample.of(100, -5, 4), MeanSample.of(100, -10, 4))
                .effect(Terms.twoSided(Scale.RELATIVE, 0.05));
    assertThat(effect.estimate()).isEqualTo(0.5);
  }

  @Test
  void tinyPValuesAreNotZero() {
    Effect.Estimated effect =
        (Effect.Estimated)
            Welch.compare(MeanSample.of(1_000_000, 10.4, 100), MeanSample.of(1_000_000, 10, 100))
                .effect(Terms.twoSided(Scale.ABSOLUTE, 0.05));
    assertThat(effect.pValue()).isBetween(1e-180, 1e-170);
  }

  @Test
  void oneSidedEffectsHaveHalfAnInterval() {
    Comparison comparison = Welch.compare(MeanSample.of(100, 11, 4), MeanSample.of(100, 10, 4));
    Effect.Estimated greater =
        (Effect.Estimated) comparison.effect(new Terms(Scale.ABSOLUTE, Alternative.GREATER, 0.05));
    Effect.Estimated less =
        (Effect.Estimated) comparison.effect(new Terms(Scale.ABSOLUTE, Alternative.LESS, 0.05));
    assertThat(greater.interval().high()).isInfinite();
    assertThat(less.interval().low()).isInfinite();
    assertThat(greater.pValue() + less.pValue()).isCloseTo(1, within(1e-12));
  }

  @Test
  void whatCannotBeToldSaysWhy() {
    MeanSample some = MeanSample.of(10, 1, 1);
    assertObstacle(Welch.compare(MeanSample.of(1, 1, 0), some), new Obstacle.TooFewUnits(1, 2));
    assertObstacle(
        Welch.compare(new ProportionSample(0, 50), new ProportionSample(0, 50)),
        new Obstacle.ZeroVariance());
    assertObstacle(
        Welch.compare(some, MeanSample.of(10, 0, 1)), Scale.RELATIVE, new Obstacle.ZeroBaseline());
    assertObstacle(Welch.compare(noDenominator(), noDenominator()), new Obstacle.ZeroDenominator());
    assertObstacle(
        Welch.compare(
            MeanSample.of(10, Double.MAX_VALUE, 1), MeanSample.of(10, -Double.MAX_VALUE, 1)),
        new Obstacle.NotFinite());
  }

  @Test
  void collinearCovariatesAreNamed() {
    MomentsBuilder builder = new MomentsBuilder(3);
    for (int i = 0; i < 20; i++) {
      builder.add(i % 7, i, 3.0 * i + 1);
    }
    MeanSample arm = new MeanSample(builder.build());
    assertObstacle(RegressionAdjustment.compare(arm, arm), new Obstacle.CollinearCovariates());
  }

  @Test
  void aConstantCovariateChangesNothing() {
    MomentsBuilder treatment = new MomentsBuilder(2);
    MomentsBuilder control = new MomentsBuilder(2);
    for (int i = 0; i < 20; i++) {
      treatment.add(i % 7, 3);
      control.add(i % 5, 3);
    }
    MeanSample t = new MeanSample(treatment.build());
    MeanSample c = new MeanSample(control.build());
    assertThat(Cuped.compare(t, c)).isEqualTo(Welch.compare(t, c));
  }

  @Test
  void quantilesRefuseWhatTheyCannotTell() {
    double[] few = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    assertThat(QuantileSample.ofSorted(few, 0.9).obstacle())
        .contains(new Obstacle.TooFewUnits(10, 35));
    double[] tied = new double[100];
    assertThat(QuantileSample.ofSorted(tied, 0.5).obstacle()).contains(new Obstacle.TiedQuantile());
  }

  @Test
  void clustersWidenAQuantile() {
    // Each cluster's three values are on one side: three times the variance of independent ones.
    MomentsBuilder clusters = new MomentsBuilder(2);
    for (int i = 0; i < 200; i++) {
      clusters.add(i % 2 == 0 ? 3 : 0, 3);
    }
    double inflation = QuantileSample.inflation(new RatioSample(clusters.build()));
    assertThat(inflation).isCloseTo(3 * 200.0 / 199, within(1e-12));
  }

  @Test
  void postStratifyingOneStratumIsWelch() {
    MeanSample treatment = MeanSample.of(40, 12, 9);
    MeanSample control = MeanSample.of(50, 11, 8);
    Difference one =
        difference(PostStratification.compareMeans(List.of(new Stratum<>(treatment, control))));
    Difference welch = difference(Welch.compare(treatment, control));
    Vectors.assertClose(one.value(), welch.value(), 1e-12, "value");
    Vectors.assertClose(one.variance(), welch.variance(), 1e-12, "variance");
    Vectors.assertClose(one.degreesOfFreedom(), welch.degreesOfFreedom(), 1e-12, "degrees");
  }

  @Test
  void stratifiedRatiosOverOneAreStratifiedMeans() {
    Property.forAll(
        ARMS,
        arms -> {
          Arms other = arms(arms.seed() + 1);
          Difference means =
              difference(
                  PostStratification.compareMeans(
                      List.of(
                          new Stratum<>(mean(arms.treatment()), mean(arms.control())),
                          new Stratum<>(mean(other.treatment()), mean(other.control())))));
          Difference ratios =
              difference(
                  PostStratification.compareRatios(
                      List.of(
                          new Stratum<>(overOne(arms.treatment()), overOne(arms.control())),
                          new Stratum<>(overOne(other.treatment()), overOne(other.control())))));
          Vectors.assertClose(ratios.value(), means.value(), 1e-9, "value");
          Vectors.assertClose(ratios.variance(), means.variance(), 1e-9, "variance");
          Vectors.assertClose(
              ratios.baseline().covariance(), means.baseline().covariance(), 1e-7, "covariance");
        });
  }

  private static void assertObstacle(Comparison comparison, Obstacle obstacle) {
    assertObstacle(comparison, Scale.ABSOLUTE, obstacle);
  }

  private static void assertObstacle(Comparison comparison, Scale scale, Obstacle obstacle) {
    assertThat(comparison.effect(Terms.twoSided(scale, 0.05)))
        .isEqualTo(new Effect.Unavailable(obstacle));
  }

  private static Effect.Estimated effect(Arms arms, double factor, Scale scale) {
    Comparison comparison =
        Cuped.compare(
            new MeanSample(moments(arms.treatment(), factor, 2)),
            new MeanSample(moments(arms.control(), factor, 2)));
    return (Effect.Estimated) comparison.effect(Terms.twoSided(scale, 0.05));
  }

  private static Difference difference(Comparison comparison) {
    assertThat(comparison).isInstanceOf(Difference.class);
    return (Difference) comparison;
  }

  private static MeanSample mean(double[][] units) {
    return new MeanSample(moments(units, 1, 1));
  }

  private static RatioSample overOne(double[][] units) {
    MomentsBuilder builder = new MomentsBuilder(2);
    for (double[] unit : units) {
      builder.add(unit[0], 1);
    }
    return new RatioSample(builder.build());
  }

  private static RatioSample noDenominator() {
    return new RatioSample(new MomentsBuilder(2).add(1, 0).add(2, 0).build());
  }

  private static Moments moments(double[][] units, double factor, int columns) {
    MomentsBuilder builder = new MomentsBuilder(columns);
    for (double[] unit : units) {
      double[] values = new double[columns];
      for (int i = 0; i < columns; i++) {
        values[i] = factor * unit[i];
      }
      builder.add(values);
    }
    return builder.build();
  }

  private static Arms arms(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return new Arms(seed, arm(random, 0.3), arm(random, 0));
  }

  private static double[][] arm(SplittableRandom random, double lift) {
    double[][] units = new double[random.nextInt(30, 80)][];
    for (int i = 0; i < units.length; i++) {
      double before = 10 + random.nextGaussian();
      units[i] = new double[] {before + lift + random.nextGaussian(), before};
    }
    return units;
  }
}
