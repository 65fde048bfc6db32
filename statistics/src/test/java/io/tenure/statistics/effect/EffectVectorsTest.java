package io.tenure.statistics.effect;

import static io.tenure.statistics.Vectors.assertClose;
import static io.tenure.statistics.Vectors.assertProbability;
import static io.tenure.statistics.Vectors.doubles;
import static io.tenure.statistics.Vectors.list;

import io.tenure.statistics.Vectors;
import io.tenure.statistics.sample.MeanSample;
import io.tenure.statistics.sample.Moments;
import io.tenure.statistics.sample.MomentsBuilder;
import io.tenure.statistics.sample.ProportionSample;
import io.tenure.statistics.sample.QuantileSample;
import io.tenure.statistics.sample.RatioSample;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Every estimator from raw units, against an independent computation from the same units. */
final class EffectVectorsTest {

  private final Vectors vectors = Vectors.of("effects");

  @Test
  void means() {
    for (JsonNode c : vectors.cases("means")) {
      check(Welch.compare(mean(c.path("treatment")), mean(c.path("control"))), c);
    }
  }

  @Test
  void proportions() {
    for (JsonNode c : vectors.cases("proportions")) {
      check(Welch.compare(proportion(c.path("treatment")), proportion(c.path("control"))), c);
    }
  }

  @Test
  void ratios() {
    for (JsonNode c : vectors.cases("ratios")) {
      check(Welch.compare(ratio(c.path("treatment"), 2), ratio(c.path("control"), 2)), c);
    }
  }

  @Test
  void adjustedMeans() {
    for (JsonNode c : vectors.cases("cuped")) {
      MeanSample treatment = mean(c.path("treatment"));
      MeanSample control = mean(c.path("control"));
      assertClose(Cuped.theta(List.of(treatment, control)), c.path("theta"), "theta");
      check(Cuped.compare(treatment, control), c);
    }
  }

  @Test
  void adjustedRatios() {
    for (JsonNode c : vectors.cases("cupedRatios")) {
      RatioSample treatment = ratio(c.path("treatment"), 4);
      RatioSample control = ratio(c.path("control"), 4);
      assertClose(Cuped.theta(List.of(treatment, control)), c.path("theta"), "theta");
      check(Cuped.compare(treatment, control), c);
    }
  }

  @Test
  void regressions() {
    for (JsonNode c : vectors.cases("regressions")) {
      check(RegressionAdjustment.compare(mean(c.path("treatment")), mean(c.path("control"))), c);
    }
  }

  @Test
  void poststratified() {
    for (JsonNode c : vectors.cases("poststratified")) {
      List<Stratum<MeanSample>> strata =
          list(c.path("strata")).stream()
              .map(s -> new Stratum<>(mean(s.path("treatment")), mean(s.path("control"))))
              .toList();
      check(PostStratification.compareMeans(strata), c);
    }
  }

  @Test
  void quantiles() {
    for (JsonNode c : vectors.cases("quantiles")) {
      double quantile = c.path("quantile").doubleValue();
      check(
          Welch.compare(
              QuantileSample.ofSorted(doubles(c.path("treatment")), quantile),
              QuantileSample.ofSorted(doubles(c.path("control")), quantile)),
          c);
    }
  }

  private static void check(Comparison comparison, JsonNode expected) {
    check(comparison.effect(Terms.twoSided(Scale.ABSOLUTE, 0.05)), expected.path("absolute"));
    check(comparison.effect(Terms.twoSided(Scale.RELATIVE, 0.05)), expected.path("relative"));
  }

  private static void check(Effect effect, JsonNode expected) {
    Assertions.assertThat(effect).isInstanceOf(Effect.Estimated.class);
    if (effect instanceof Effect.Estimated estimated) {
      assertClose(estimated.estimate(), expected.path("estimate"), "estimate");
      assertClose(estimated.standardError(), expected.path("standardError"), "standard error");
      assertClose(estimated.degreesOfFreedom(), expected.path("df"), "degrees of freedom");
      assertProbability(estimated.pValue(), expected.path("p"), "p-value");
      assertClose(estimated.interval().low(), expected.path("low"), "low");
      assertClose(estimated.interval().high(), expected.path("high"), "high");
    }
  }

  private static MeanSample mean(JsonNode units) {
    return new MeanSample(moments(units, units.path(0).isArray() ? units.path(0).size() : 1));
  }

  private static RatioSample ratio(JsonNode units, int columns) {
    return new RatioSample(moments(units, columns));
  }

  private static Moments moments(JsonNode units, int columns) {
    MomentsBuilder builder = new MomentsBuilder(columns);
    for (JsonNode unit : units) {
      double[] values = unit.isArray() ? doubles(unit) : new double[] {unit.doubleValue()};
      builder.add(Arrays.copyOf(values, columns));
    }
    return builder.build();
  }

  private static ProportionSample proportion(JsonNode counts) {
    return new ProportionSample(counts.path(0).longValue(), counts.path(1).longValue());
  }
}
