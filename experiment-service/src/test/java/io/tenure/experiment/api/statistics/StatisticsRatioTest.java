package io.tenure.experiment.api.statistics;

import static io.tenure.experiment.api.statistics.Vectors.assertClose;
import static io.tenure.experiment.api.statistics.Vectors.assertFinite;
import static io.tenure.experiment.api.statistics.Vectors.violations;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.proto.experiment.v1.ArmCount;
import io.tenure.proto.experiment.v1.CheckSampleRatioRequest;
import io.tenure.proto.experiment.v1.CheckSampleRatioResponse;
import io.tenure.proto.experiment.v1.RatioSeverity;
import io.tenure.proto.experiment.v1.RatioSuspect;
import io.tenure.proto.experiment.v1.UnitCounts;
import io.tenure.proto.experiment.v1.UnitDimension;
import io.tenure.proto.experiment.v1.UnitDimensionValue;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class StatisticsRatioTest {

  @Test
  void agreesWithTheChiSquareTest() {
    for (JsonNode c : Vectors.cases("balance", "ratios")) {
      CheckSampleRatioResponse response = RatioCalculator.check(arms(c).build());

      assertClose(response.getTest().getPValue(), c.path("p"), "p of " + c);
      assertClose(response.getTest().getStatistic(), c.path("statistic"), "statistic of " + c);
      assertThat(response.getTest().getDegreesOfFreedom()).isEqualTo(c.path("df").intValue());
      assertFinite(response);
    }
  }

  @Test
  void agreesWithTheBet() {
    for (JsonNode c : Vectors.cases("balance", "bets")) {
      CheckSampleRatioRequest request =
          arms(c).setConcentration(c.path("concentration").doubleValue()).build();

      double p = RatioCalculator.check(request).getSequential().getPValue();

      assertClose(p, Math.min(1, Math.exp(-c.path("logEvidence").doubleValue())), "p of " + c);
    }
  }

  @Test
  void tellsHowMuchToWorry() {
    assertThat(severity(821_588, 815_482)).isEqualTo(RatioSeverity.RATIO_SEVERITY_ALARM);
    assertThat(severity(44_700, 45_489)).isEqualTo(RatioSeverity.RATIO_SEVERITY_WARNING);
    assertThat(severity(44_700, 44_900)).isEqualTo(RatioSeverity.RATIO_SEVERITY_FINE);
  }

  @Test
  void remembersTheWorstLook() {
    CheckSampleRatioResponse response =
        RatioCalculator.check(
            counts(20_000, 20_000)
                .addEarlierLooks(look(0, 0))
                .addEarlierLooks(look(9_000, 8_000))
                .addEarlierLooks(look(15_000, 15_000))
                .build());

    List<Double> p = response.getSequential().getPValuesList();
    assertThat(p).hasSize(4);
    assertThat(p.get(0)).isEqualTo(1);
    assertThat(p.get(1)).isLessThan(0.001).isEqualTo(p.get(2)).isEqualTo(p.get(3));
    assertThat(response.getSequential().getSeverity())
        .isEqualTo(RatioSeverity.RATIO_SEVERITY_ALARM);
    assertThat(response.getTest().getSeverity()).isEqualTo(RatioSeverity.RATIO_SEVERITY_FINE);
  }

  @Test
  void findsTheBrowserThatLostUnits() {
    CheckSampleRatioResponse response =
        RatioCalculator.check(
            counts(20_000, 19_000)
                .addDimensions(
                    dimension("country", value("CZ", 10_000, 9_500), value("SK", 10_000, 9_500)))
                .addDimensions(
                    dimension(
                        "browser", value("Firefox", 15_000, 15_000), value("Safari", 5_000, 4_000)))
                .build());

    assertThat(response.getSuspectsList())
        .extracting(RatioSuspect::getDimension)
        .containsExactly("browser", "country");
    assertThat(response.getSuspects(0).getValues(0).getValue()).isEqualTo("Safari");
    assertThat(response.getSuspects(1).getPValue()).isEqualTo(1);
    assertThat(response.getArms(1).getExpectedUnits()).isEqualTo(19_500);
    assertThat(response.getArms(0).getExpectedShare()).isEqualTo(0.5);
  }

  @Test
  void unitsInAnArmWithoutWeightAreImpossibleAndNotInfinite() {
    CheckSampleRatioResponse response =
        RatioCalculator.check(
            counts(100, 100)
                .addArms(ArmCount.newBuilder().setArm("closed").setUnits(1).setWeight(0))
                .build());

    assertThat(response.getTest().hasStatistic()).isFalse();
    assertThat(response.getTest().getPValue()).isZero();
    assertThat(response.getSequential().getPValue()).isZero();
    assertFinite(response);
  }

  @Test
  void nothingArrivedYetIsFine() {
    CheckSampleRatioResponse response =
        RatioCalculator.check(
            counts(0, 0).addDimensions(dimension("browser", value("Firefox", 0, 0))).build());
    assertThat(response.getTest().getSeverity()).isEqualTo(RatioSeverity.RATIO_SEVERITY_FINE);
    assertFinite(response);
  }

  @Test
  void namesEveryWrongField() {
    assertThat(
            violations(
                () ->
                    RatioCalculator.check(
                        CheckSampleRatioRequest.newBuilder()
                            .addArms(ArmCount.newBuilder().setArm("a").setUnits(-1))
                            .addArms(
                                ArmCount.newBuilder()
                                    .setArm("a")
                                    .setUnits(10)
                                    .setWeight(Double.POSITIVE_INFINITY))
                            .addEarlierLooks(look(1, 2, 3))
                            .addDimensions(dimension("", UnitDimensionValue.getDefaultInstance()))
                            .setConcentration(-1)
                            .build())))
        .containsExactly(
            "arms[0].units",
            "arms[1].arm",
            "arms[1].weight",
            "earlier_looks[0].units",
            "dimensions[0].name",
            "dimensions[0].values[0].name",
            "dimensions[0].values[0].units",
            "concentration");
    assertThat(
            violations(
                () -> RatioCalculator.check(counts(5, 5).addEarlierLooks(look(6, 4)).build())))
        .containsExactly("arms");
    assertThat(
            violations(() -> RatioCalculator.check(CheckSampleRatioRequest.getDefaultInstance())))
        .containsExactly("arms");
  }

  private static RatioSeverity severity(long first, long second) {
    return RatioCalculator.check(counts(first, second).build()).getTest().getSeverity();
  }

  private static CheckSampleRatioRequest.Builder arms(JsonNode c) {
    CheckSampleRatioRequest.Builder request = CheckSampleRatioRequest.newBuilder();
    for (int arm = 0; arm < c.path("units").size(); arm++) {
      request
          .addArmsBuilder()
          .setArm("arm " + arm)
          .setUnits(c.path("units").get(arm).longValue())
          .setWeight(c.path("weights").get(arm).doubleValue());
    }
    return request;
  }

  private static CheckSampleRatioRequest.Builder counts(long first, long second) {
    return CheckSampleRatioRequest.newBuilder()
        .addArms(ArmCount.newBuilder().setArm("control").setUnits(first))
        .addArms(ArmCount.newBuilder().setArm("treatment").setUnits(second));
  }

  private static UnitCounts look(long... units) {
    UnitCounts.Builder look = UnitCounts.newBuilder();
    for (long of : units) {
      look.addUnits(of);
    }
    return look.build();
  }

  private static UnitDimension dimension(String name, UnitDimensionValue... values) {
    return UnitDimension.newBuilder().setName(name).addAllValues(List.of(values)).build();
  }

  private static UnitDimensionValue value(String name, long first, long second) {
    return UnitDimensionValue.newBuilder().setName(name).addUnits(first).addUnits(second).build();
  }
}
