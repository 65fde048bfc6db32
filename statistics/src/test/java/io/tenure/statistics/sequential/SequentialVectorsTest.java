package io.tenure.statistics.sequential;

import static io.tenure.statistics.Vectors.assertClose;
import static io.tenure.statistics.Vectors.assertProbability;
import static io.tenure.statistics.Vectors.doubles;
import static io.tenure.statistics.Vectors.longs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tenure.statistics.Vectors;
import io.tenure.statistics.distribution.Normal;
import io.tenure.statistics.effect.Alternative;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class SequentialVectorsTest {

  private static final double FIXED = 1.959963984540054;

  private final Vectors vectors = Vectors.of("sequential");

  @Test
  void boundsAgreeWithAnotherRecursion() {
    for (JsonNode c : vectors.cases("plans")) {
      Looks looks = plan(c).looks(longs(c.path("units")));
      double[] bounds = doubles(c.path("bounds"));
      double[] spent = doubles(c.path("spent"));
      assertThat(looks.count()).isEqualTo(bounds.length);
      for (int look = 0; look < bounds.length; look++) {
        assertClose(looks.spent(look), spent[look], 1e-9, "spent at look " + look + " of " + c);
        assertClose(looks.bound(look), bounds[look], 1e-9, "bound of look " + look + " of " + c);
      }
    }
  }

  @Test
  void boundsOfObrienAndFlemingAreThePublishedOnes() {
    // Reboussin, DeMets, Kim and Lan, Controlled Clinical Trials 21, 2000: five equal looks.
    GroupSequentialPlan plan =
        new GroupSequentialPlan(
            new Spending.ObrienFleming(), 0.05, Alternative.TWO_SIDED, 1_000_000);
    Looks looks = plan.equalLooks(5);
    double[] published = {4.8769, 3.3569, 2.6803, 2.2898, 2.0310};
    for (int look = 0; look < published.length; look++) {
      assertThat(looks.bound(look)).isCloseTo(published[look], within(2e-4));
    }
  }

  @Test
  void anExtremeBoundIsExact() {
    // A peer's solver gives up at look 2 of this case and says 8.
    JsonNode spotify = vectors.cases("plans").getLast();
    assertThat(plan(spotify).looks(longs(spotify.path("units"))).bound(1))
        .isCloseTo(5.32, within(5e-3));
  }

  @Test
  void sequencesAgreeWithTheirFormula() {
    for (JsonNode c : vectors.cases("sequences")) {
      Alternative alternative =
          c.path("sides").intValue() == 2 ? Alternative.TWO_SIDED : Alternative.GREATER;
      ConfidenceSequencePlan plan =
          new ConfidenceSequencePlan(
              c.path("alpha").doubleValue(), alternative, c.path("plannedUnits").longValue());
      long units = c.path("units").longValue();
      assertClose(plan.bound(units), c.path("bound"), "bound of " + c);
      assertProbability(
          plan.pValue(c.path("statistic").doubleValue(), units), c.path("p"), "p of " + c);
    }
  }

  @Test
  void aSequenceIsAsWideAsPublished() {
    ConfidenceSequencePlan plan = new ConfidenceSequencePlan(0.05, Alternative.TWO_SIDED, 100_000);
    assertThat(plan.bound(100_000) / FIXED).isCloseTo(1.55, within(5e-3));
    assertThat(plan.bound(10_000) / FIXED).isCloseTo(1.97, within(5e-3));
    assertThat(plan.bound(4_000_000) / FIXED).isCloseTo(1.75, within(5e-3));
  }

  @Test
  void aPlanOfOneLookIsAFixedTest() {
    Looks looks = GroupSequentialPlan.usual(0.05, 500).equalLooks(1);
    assertThat(looks.bound(0)).isCloseTo(FIXED, within(1e-12));
    double drift = FIXED + Normal.upperQuantile(0.2);
    assertThat(looks.power(drift)).isCloseTo(0.8, within(1e-5));
    assertThat(looks.pValue(2.3)).isCloseTo(2 * Normal.survival(2.3), within(1e-9));
  }

  @Test
  void allLooksTogetherSpendTheBudget() {
    assertThat(GroupSequentialPlan.usual(0.05, 50_000).equalLooks(28).power(0))
        .isCloseTo(0.05, within(1e-12));
    assertThat(GroupSequentialPlan.usual(0.05, 50_000).equalLooks(500).power(0))
        .isCloseTo(0.05, within(1e-11));
  }

  @Test
  void aRepeatedPValueIsTheBudgetWhoseBoundItIs() {
    for (Spending spending : List.of(new Spending.Power(2), new Spending.ObrienFleming())) {
      for (Alternative alternative : List.of(Alternative.TWO_SIDED, Alternative.GREATER)) {
        GroupSequentialPlan plan = new GroupSequentialPlan(spending, 0.05, alternative, 1_000);
        Looks looks = plan.looks(150, 333, 700, 1_000);
        for (double budget : new double[] {0.7, 0.2, 0.05, 0.011, 1e-4, 1e-9, 1e-15}) {
          double[] statistics = {-9, -9, -9, -9};
          int look = (int) (1e6 * budget) % 3 + 1;
          statistics[look] = plan.withAlpha(budget).looks(150, 333, 700, 1_000).bound(look);
          assertClose(looks.pValue(statistics), budget, 5e-6, plan + " at look " + look);
        }
      }
    }
  }

  @Test
  void repeatedPValuesEndSomewhere() {
    Looks looks = GroupSequentialPlan.usual(0.05, 1_000).equalLooks(3);
    assertThat(looks.pValue(0, 0, 0)).isEqualTo(1);
    assertThat(looks.pValue(0, 50, 0)).isBetween(1e-19, 1e-18);
  }

  private static GroupSequentialPlan plan(JsonNode c) {
    Spending spending =
        c.path("spending").stringValue().equals("obf")
            ? new Spending.ObrienFleming()
            : new Spending.Power(2);
    return new GroupSequentialPlan(
        spending,
        c.path("alpha").doubleValue(),
        c.path("sides").intValue() == 2 ? Alternative.TWO_SIDED : Alternative.GREATER,
        c.path("maxUnits").longValue());
  }
}
