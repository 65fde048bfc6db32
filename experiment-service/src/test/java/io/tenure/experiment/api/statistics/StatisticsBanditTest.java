package io.tenure.experiment.api.statistics;

import static io.tenure.experiment.api.statistics.Vectors.violations;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tenure.proto.experiment.v1.ArmBelief;
import io.tenure.proto.experiment.v1.BanditArm;
import io.tenure.proto.experiment.v1.BanditWeight;
import io.tenure.proto.experiment.v1.MetricDirection;
import io.tenure.proto.experiment.v1.ObstacleKind;
import io.tenure.proto.experiment.v1.WeighBanditRequest;
import io.tenure.proto.experiment.v1.WeighBanditResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class StatisticsBanditTest {

  @Test
  void agreesWithQuadrature() {
    for (JsonNode c : Vectors.cases("bandit", "cases")) {
      WeighBanditRequest.Builder request = WeighBanditRequest.newBuilder();
      WeighBanditRequest.Builder mirrored =
          WeighBanditRequest.newBuilder()
              .setDirection(MetricDirection.METRIC_DIRECTION_LOWER_IS_BETTER);
      for (int arm = 0; arm < c.path("means").size(); arm++) {
        double mean = c.path("means").get(arm).doubleValue();
        double deviation = c.path("deviations").get(arm).doubleValue();
        request.addArms(belief("arm " + arm, mean, deviation));
        mirrored.addArms(belief("arm " + arm, -mean, deviation));
      }
      List<Double> expected =
          Vectors.list(c.path("weights")).stream().map(JsonNode::doubleValue).toList();

      assertCloseTo(weights(request), expected);
      assertCloseTo(weights(mirrored), expected);
    }
  }

  @Test
  void noArmFallsBelowTheFloor() {
    WeighBanditRequest.Builder request =
        WeighBanditRequest.newBuilder()
            .addArms(belief("good", 10, 1))
            .addArms(belief("bad", 0, 1))
            .setFloor(0.1);
    assertCloseTo(weights(request), List.of(0.9, 0.1));
    assertCloseTo(weights(request.setFloor(0.5)), List.of(0.5, 0.5));
  }

  @Test
  void anArmThatGotMoreOfAGoodWeekIsNoBetter() {
    WeighBanditRequest.Builder request =
        WeighBanditRequest.newBuilder()
            .addArms(
                periods("a")
                    .addPeriods(Vectors.rate(100, 1_000))
                    .addPeriods(Vectors.rate(1_800, 9_000)))
            .addArms(
                periods("b")
                    .addPeriods(Vectors.rate(900, 9_000))
                    .addPeriods(Vectors.rate(200, 1_000)));
    // Both convert 10 % in the first week and 20 % in the second.
    assertCloseTo(weights(request), List.of(0.5, 0.5));
  }

  @Test
  void leavesTheTrafficWhereNothingIsKnown() {
    WeighBanditResponse response =
        BanditCalculator.weigh(
            WeighBanditRequest.newBuilder()
                .addArms(periods("a").addPeriods(Vectors.rate(0, 0)))
                .addArms(periods("b").addPeriods(Vectors.rate(1, 10)))
                .build());
    assertThat(response.getWeightsList()).isEmpty();
    assertThat(response.getObstacle().getKind())
        .isEqualTo(ObstacleKind.OBSTACLE_KIND_TOO_FEW_UNITS);
    assertThat(
            BanditCalculator.weigh(
                    WeighBanditRequest.newBuilder()
                        .addArms(periods("a").addPeriods(Vectors.rate(0, 10)))
                        .addArms(periods("b").addPeriods(Vectors.rate(1, 10)))
                        .build())
                .getObstacle()
                .getKind())
        .isEqualTo(ObstacleKind.OBSTACLE_KIND_ZERO_VARIANCE);
  }

  @Test
  void namesEveryWrongField() {
    assertThat(
            violations(
                () ->
                    BanditCalculator.weigh(
                        WeighBanditRequest.newBuilder()
                            .addArms(belief("a", 1, 0))
                            .addArms(belief("a", Double.NaN, 1))
                            .addArms(periods("c").addPeriods(Vectors.rate(2, 1)))
                            .setFloor(0.4)
                            .build())))
        .contains(
            "floor",
            "arms[0].belief.deviation",
            "arms[1].arm",
            "arms[1].belief.mean",
            "arms[2]",
            "arms[2].periods[0].proportion.successes");
    assertThat(violations(() -> BanditCalculator.weigh(WeighBanditRequest.getDefaultInstance())))
        .containsExactly("arms");
  }

  private static List<Double> weights(WeighBanditRequest.Builder request) {
    return BanditCalculator.weigh(request.build()).getWeightsList().stream()
        .map(BanditWeight::getWeight)
        .toList();
  }

  private static void assertCloseTo(List<Double> actual, List<Double> expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.size(); i++) {
      assertThat(actual.get(i)).isCloseTo(expected.get(i), within(1e-9));
    }
  }

  private static BanditArm belief(String name, double mean, double deviation) {
    return BanditArm.newBuilder()
        .setArm(name)
        .setBelief(ArmBelief.newBuilder().setMean(mean).setDeviation(deviation))
        .build();
  }

  private static BanditArm.Builder periods(String name) {
    return BanditArm.newBuilder().setArm(name);
  }
}
