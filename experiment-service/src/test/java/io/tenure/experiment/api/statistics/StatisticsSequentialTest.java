package io.tenure.experiment.api.statistics;

import static io.tenure.experiment.api.statistics.Vectors.assertClose;
import static io.tenure.experiment.api.statistics.Vectors.violations;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tenure.proto.experiment.v1.DesignKind;
import io.tenure.proto.experiment.v1.LookBound;
import io.tenure.proto.experiment.v1.PlanSequentialRequest;
import io.tenure.proto.experiment.v1.SpendingKind;
import io.tenure.proto.experiment.v1.TestAlternative;
import io.tenure.proto.experiment.v1.TestDesign;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class StatisticsSequentialTest {

  @Test
  void agreesWithOtherBounds() {
    for (JsonNode c : Vectors.cases("sequential", "plans")) {
      PlanSequentialRequest request = request(c);
      if (request.getLookUnits(0) < request.getPlannedUnits() / 1_000) {
        continue;
      }
      List<LookBound> looks = SequentialPlanner.plan(request).getLooksList();

      assertThat(looks).hasSize(c.path("bounds").size());
      for (int i = 0; i < looks.size(); i++) {
        assertClose(looks.get(i).getSpentAlpha(), c.path("spent").get(i), "spent of " + c);
        assertThat(looks.get(i).getBound())
            .isCloseTo(c.path("bounds").get(i).doubleValue(), within(1e-7));
      }
    }
  }

  @Test
  void agreesWithTheConfidenceSequence() {
    for (JsonNode c : Vectors.cases("sequential", "sequences")) {
      TestDesign design = design(c, DesignKind.DESIGN_KIND_CONFIDENCE_SEQUENCE).build();
      LookBound look =
          SequentialPlanner.plan(
                  PlanSequentialRequest.newBuilder()
                      .setDesign(design)
                      .setPlannedUnits(c.path("plannedUnits").longValue())
                      .addLookUnits(c.path("units").longValue())
                      .build())
              .getLooks(0);
      assertClose(look.getBound(), c.path("bound"), "bound of " + c);
      assertThat(look.hasSpentAlpha()).isFalse();
    }
  }

  @Test
  void spacesLooksEqually() {
    List<LookBound> looks =
        SequentialPlanner.plan(
                PlanSequentialRequest.newBuilder()
                    .setDesign(
                        TestDesign.newBuilder().setKind(DesignKind.DESIGN_KIND_GROUP_SEQUENTIAL))
                    .setPlannedUnits(2_800)
                    .build())
            .getLooksList();
    assertThat(looks).extracting(LookBound::getUnits).hasSize(28).contains(100L, 200L, 2_800L);
    assertThat(looks.getLast().getSpentAlpha()).isEqualTo(0.05);
    assertThat(looks.getLast().getShare()).isEqualTo(1);
    // 2 * survival of 3.9983873911169128, the first bound of the vectors.
    assertThat(looks.getFirst().getNominalAlpha()).isCloseTo(6.3776e-5, within(1e-9));
  }

  @Test
  void namesEveryWrongField() {
    assertThat(violations(() -> SequentialPlanner.plan(PlanSequentialRequest.getDefaultInstance())))
        .containsExactly("design.kind", "planned_units", "looks");
    assertThat(
            violations(
                () ->
                    SequentialPlanner.plan(
                        PlanSequentialRequest.newBuilder()
                            .setDesign(
                                TestDesign.newBuilder()
                                    .setKind(DesignKind.DESIGN_KIND_GROUP_SEQUENTIAL)
                                    .setAlpha(0.7)
                                    .setSpendingExponent(-1)
                                    .setAlternativeValue(9))
                            .setPlannedUnits(10_000)
                            .addAllLookUnits(List.of(5L, 20L, 20_000L))
                            .setLooks(3)
                            .build())))
        .containsExactly(
            "design.alternative",
            "design.alpha",
            "design.spending_exponent",
            "look_units[0]",
            "looks",
            "look_units");
    assertThat(
            violations(
                () ->
                    SequentialPlanner.plan(
                        PlanSequentialRequest.newBuilder()
                            .setDesign(
                                TestDesign.newBuilder()
                                    .setKind(DesignKind.DESIGN_KIND_CONFIDENCE_SEQUENCE))
                            .setPlannedUnits(100)
                            .addAllLookUnits(List.of(50L, 50L))
                            .build())))
        .containsExactly("look_units[1]");
  }

  private static PlanSequentialRequest request(JsonNode c) {
    return PlanSequentialRequest.newBuilder()
        .setDesign(
            design(c, DesignKind.DESIGN_KIND_GROUP_SEQUENTIAL)
                .setSpending(
                    c.path("spending").stringValue().equals("obf")
                        ? SpendingKind.SPENDING_KIND_OBRIEN_FLEMING
                        : SpendingKind.SPENDING_KIND_POWER))
        .setPlannedUnits(c.path("maxUnits").longValue())
        .addAllLookUnits(Vectors.list(c.path("units")).stream().map(JsonNode::longValue).toList())
        .build();
  }

  private static TestDesign.Builder design(JsonNode c, DesignKind kind) {
    return TestDesign.newBuilder()
        .setKind(kind)
        .setAlpha(c.path("alpha").doubleValue())
        .setAlternative(
            c.path("sides").intValue() == 2
                ? TestAlternative.TEST_ALTERNATIVE_TWO_SIDED
                : TestAlternative.TEST_ALTERNATIVE_GREATER);
  }
}
