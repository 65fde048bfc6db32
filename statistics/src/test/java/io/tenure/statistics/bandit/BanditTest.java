package io.tenure.statistics.bandit;

import static io.tenure.statistics.Vectors.doubles;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tenure.statistics.Vectors;
import io.tenure.statistics.effect.Direction;
import io.tenure.statistics.sample.ArmEstimate;
import io.tenure.statistics.sample.ProportionSample;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class BanditTest {

  @Test
  void weightsAgreeWithAdaptiveQuadratureForTwoToTenArms() {
    for (JsonNode c : Vectors.of("bandit").cases("cases")) {
      double[] weights =
          ThompsonWeights.of(
              doubles(c.path("means")), doubles(c.path("deviations")), Direction.HIGHER_IS_BETTER);
      double[] expected = doubles(c.path("weights"));
      for (int arm = 0; arm < weights.length; arm++) {
        assertThat(weights[arm]).as(c.toString()).isCloseTo(expected[arm], within(1e-10));
      }
    }
  }

  @Test
  void lowerIsBetterGivesTheBestTheMost() {
    double[] weights =
        ThompsonWeights.of(
            new double[] {3, 1, 2}, new double[] {0.5, 0.5, 0.5}, Direction.LOWER_IS_BETTER);
    double[] mirrored =
        ThompsonWeights.of(
            new double[] {-3, -1, -2}, new double[] {0.5, 0.5, 0.5}, Direction.HIGHER_IS_BETTER);
    assertThat(weights).containsExactly(mirrored);
    assertThat(weights[1]).isGreaterThan(weights[2]).isGreaterThan(0.8);
    assertThat(weights[2]).isGreaterThan(weights[0]);
  }

  @Test
  void aFloorKeepsEveryArmAlive() {
    double[] weights =
        ThompsonWeights.of(
            new double[] {0, 10, 0}, new double[] {1, 1, 1}, Direction.HIGHER_IS_BETTER, 0.05);
    assertThat(Arrays.stream(weights).sum()).isCloseTo(1, within(1e-15));
    assertThat(weights[0]).isBetween(0.05, 0.0500001);
    assertThat(weights[1]).isCloseTo(0.9, within(1e-6));
    assertThatThrownBy(
            () ->
                ThompsonWeights.of(
                    new double[3], new double[] {1, 1, 1}, Direction.HIGHER_IS_BETTER, 0.4))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void trafficThatChangedIsNoAdvantage() {
    // Both arms convert 10 % in the poor week and 20 % in the rich and busier one, most of which
    // went to the second.
    List<List<ProportionSample>> weeks =
        List.of(
            List.of(new ProportionSample(80, 800), new ProportionSample(20, 200)),
            List.of(new ProportionSample(80, 400), new ProportionSample(320, 1600)));
    List<Optional<ArmEstimate>> arms = PeriodWeighted.estimates(weeks);
    ArmEstimate first = arms.get(0).orElseThrow();
    ArmEstimate second = arms.get(1).orElseThrow();
    assertThat(first.value()).isCloseTo(0.1 / 3 + 0.2 * 2 / 3, within(1e-15));
    assertThat(second.value()).isCloseTo(first.value(), within(1e-15));
    assertThat(first.variance())
        .isCloseTo(0.1 * 0.9 / 800 / 9 + 0.2 * 0.8 / 400 * 4 / 9, within(1e-15));
    assertThat(first.units()).isEqualTo(1200);
  }

  @Test
  void anArmThatMissedAPeriodHasNoFairValue() {
    List<List<ProportionSample>> weeks =
        List.of(
            List.of(new ProportionSample(8, 80), new ProportionSample(0, 0)),
            List.of(new ProportionSample(4, 20), new ProportionSample(16, 80)));
    assertThat(PeriodWeighted.estimates(weeks).get(1)).isEmpty();
  }
}
