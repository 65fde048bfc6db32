package io.tenure.statistics.power;

import static io.tenure.statistics.Vectors.assertClose;
import static io.tenure.statistics.Vectors.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tenure.platform.testing.Generator;
import io.tenure.platform.testing.Property;
import io.tenure.statistics.Vectors;
import io.tenure.statistics.effect.Alternative;
import io.tenure.statistics.effect.Scale;
import io.tenure.statistics.sequential.ConfidenceSequencePlan;
import io.tenure.statistics.sequential.GroupSequentialPlan;
import io.tenure.statistics.sequential.Spending;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class DesignTest {

  private static final Detection FIXED = new Detection.Fixed(0.05, Alternative.TWO_SIDED);

  @Test
  void agreesWithRootsOfTheDefinition() {
    for (JsonNode c : Vectors.of("power").cases("cases")) {
      Design design = design(c);
      double effect = number(c.path("effect"));
      assertClose(design.power(5_000, effect), c.path("power5000"), "power of " + c);
      assertThat(design.controlUnits(effect, 0.8)).isEqualTo(c.path("units80").longValue());
      assertClose(
          design.detectableIncrease(5_000, 0.8).orElseThrow(),
          c.path("increase5000"),
          "increase of " + c);
      assertClose(
          design.detectableDecrease(5_000, 0.8).orElseThrow(),
          c.path("decrease5000"),
          "decrease of " + c);
    }
  }

  @Test
  void moreUnitsFindMore() {
    Design design = Design.equalArms(new Outcome.Rate(0.05), Scale.RELATIVE, FIXED);
    Property.forAll(
        Generator.integers(10, 1_000_000),
        units -> {
          assertThat(design.power(units + 1.0, 0.1))
              .isGreaterThanOrEqualTo(design.power(units, 0.1));
          assertThat(design.power(units, 0.11)).isGreaterThanOrEqualTo(design.power(units, 0.1));
        });
  }

  @Test
  void whatIsDetectableNeedsTheUnitsItWasFoundWith() {
    Design design = new Design(new Outcome.Mean(-20, 400), Scale.RELATIVE, FIXED, 0.5, 0.3);
    Property.forAll(
        Generator.integers(200, 1_000_000),
        units -> {
          double increase = design.detectableIncrease(units, 0.8).orElseThrow();
          assertThat(design.controlUnits(increase, 0.8)).isBetween(units - 1L, units + 1L);
        });
  }

  @Test
  void covariatesSaveTheShareTheyExplain() {
    Outcome outcome = new Outcome.Mean(100, 2_500);
    Design plain = Design.equalArms(outcome, Scale.ABSOLUTE, FIXED);
    Design adjusted = new Design(outcome, Scale.ABSOLUTE, FIXED, 1, 0.4);
    assertThat((double) adjusted.controlUnits(1, 0.8) / plain.controlUnits(1, 0.8))
        .isCloseTo(0.6, within(1e-3));
  }

  @Test
  void tooFewUnitsDetectNoRelativeIncreaseAtAll() {
    Design design = Design.equalArms(new Outcome.Mean(1, 100), Scale.RELATIVE, FIXED);
    assertThat(design.detectableIncrease(500, 0.8)).isEmpty();
    assertThat(design.detectableIncrease(5_000, 0.8)).isPresent();
  }

  @Test
  void peekingCostsUnits() {
    Detection group =
        new Detection.GroupSequential(GroupSequentialPlan.usual(0.05, 100_000).equalLooks(28));
    Detection sequence =
        new Detection.Sequence(new ConfidenceSequencePlan(0.05, Alternative.TWO_SIDED, 100_000));
    double fixed = FIXED.drift(0.8);
    assertThat(group.power(group.drift(0.8))).isCloseTo(0.8, within(1e-10));
    assertThat(group.drift(0.8)).isGreaterThan(fixed);
    assertThat(sequence.drift(0.8)).isGreaterThan(group.drift(0.8));
    assertThat(group.power(fixed)).isBetween(0.75, 0.8);
  }

  @Test
  void oneSidedPlansLookTheirWay() {
    Detection less =
        new Detection.GroupSequential(
            new GroupSequentialPlan(new Spending.Power(2), 0.05, Alternative.LESS, 1_000)
                .equalLooks(3));
    assertThat(less.power(3)).isGreaterThan(0.85);
  }

  @Test
  void refusesEffectsThatCannotBe() {
    Design design = Design.equalArms(new Outcome.Rate(0.9), Scale.ABSOLUTE, FIXED);
    assertThatThrownBy(() -> design.controlUnits(0, 0.8))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> design.controlUnits(0.9, 0.8))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Design design(JsonNode c) {
    Outcome outcome =
        c.path("kind").stringValue().equals("rate")
            ? new Outcome.Rate(number(c.path("mean")))
            : new Outcome.Mean(number(c.path("mean")), number(c.path("variance")));
    Alternative alternative =
        c.path("sides").intValue() == 2 ? Alternative.TWO_SIDED : Alternative.GREATER;
    return new Design(
        outcome,
        Scale.valueOf(c.path("scale").stringValue()),
        new Detection.Fixed(number(c.path("alpha")), alternative),
        number(c.path("ratio")),
        number(c.path("explained")));
  }
}
