package io.tenure.statistics.multiplicity;

import static io.tenure.statistics.Vectors.assertProbability;
import static io.tenure.statistics.Vectors.doubles;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tenure.platform.testing.Generator;
import io.tenure.platform.testing.Property;
import io.tenure.statistics.Vectors;
import io.tenure.statistics.effect.Baseline;
import io.tenure.statistics.effect.Comparison;
import io.tenure.statistics.effect.Difference;
import io.tenure.statistics.effect.Direction;
import io.tenure.statistics.effect.Effect;
import io.tenure.statistics.effect.Scale;
import io.tenure.statistics.effect.Terms;
import io.tenure.statistics.sample.Obstacle;
import io.tenure.statistics.simulation.FalseCoverage;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class CorrectionTest {

  private static final Terms TERMS = Terms.twoSided(Scale.ABSOLUTE, 0.05);

  private final Vectors vectors = Vectors.of("multiplicity");

  @Test
  void equalQuestionsAgreeWithStatsmodels() {
    for (JsonNode c : vectors.cases("equal")) {
      Correction correction = Correction.valueOf(c.path("correction").stringValue());
      List<Verdict> verdicts = correction.of(doubles(c.path("p")), 0.05);
      for (int i = 0; i < verdicts.size(); i++) {
        assertProbability(verdicts.get(i).pValue(), c.path("adjusted").path(i), i + " of " + c);
        assertThat(verdicts.get(i).discovery()).isEqualTo(c.path("found").path(i).booleanValue());
      }
    }
  }

  @Test
  void weightedQuestionsAgreeWithTheLeastLevelThatRejects() {
    for (JsonNode c : vectors.cases("weighted")) {
      Correction correction = Correction.valueOf(c.path("correction").stringValue());
      List<Verdict> verdicts =
          correction.of(doubles(c.path("p")), doubles(c.path("weights")), 0.05);
      for (int i = 0; i < verdicts.size(); i++) {
        assertProbability(verdicts.get(i).pValue(), c.path("adjusted").path(i), i + " of " + c);
      }
    }
  }

  @Test
  void intervalsAgreeWithDiscoveries() {
    Generator<List<Integer>> families = Generator.lists(Generator.integers(-600, 600), 20);
    Property.forAll(
        families,
        hundredths -> {
          for (Correction correction : Correction.values()) {
            for (Effect effect : effects(correction, hundredths)) {
              Effect.Estimated estimated = (Effect.Estimated) effect;
              boolean excludesZero =
                  estimated.interval().low() >= 0 || estimated.interval().high() <= 0;
              assertThat(excludesZero)
                  .as("%s %s", correction, estimated)
                  .isEqualTo(estimated.pValue() <= 0.05);
            }
          }
        });
  }

  @Test
  void holmNeverFindsLessThanBonferroniNorMoreThanBenjaminiHochberg() {
    Property.forAll(
        Generator.lists(Generator.integers(0, 1000), 15),
        thousandths -> {
          double[] p = thousandths.stream().mapToDouble(t -> t / 1000.0 * t / 1000.0).toArray();
          List<Verdict> bonferroni = Correction.BONFERRONI.of(p, 0.05);
          List<Verdict> holm = Correction.HOLM.of(p, 0.05);
          List<Verdict> hochberg = Correction.BENJAMINI_HOCHBERG.of(p, 0.05);
          for (int i = 0; i < p.length; i++) {
            assertThat(holm.get(i).pValue())
                .isLessThanOrEqualTo(bonferroni.get(i).pValue() * (1 + 1e-12));
            assertThat(hochberg.get(i).pValue())
                .isLessThanOrEqualTo(holm.get(i).pValue() * (1 + 1e-12));
          }
        });
  }

  @Test
  void questionsWithoutAnAnswerDoNotCount() {
    Comparison open = new Comparison.Incomparable(new Obstacle.TooFewUnits(1, 2));
    List<Effect> effects =
        new Family(Correction.BONFERRONI, TERMS)
            .effects(
                List.of(new Family.Question(comparison(2.5), 1), new Family.Question(open, 1)));
    assertThat(effects.getFirst()).isEqualTo(comparison(2.5).effect(TERMS));
    assertThat(effects.getLast()).isEqualTo(new Effect.Unavailable(new Obstacle.TooFewUnits(1, 2)));
  }

  @Test
  void discoveriesAreCoveredAsOftenAsPromised() {
    FalseCoverage.Rates rates =
        new FalseCoverage(20, 5, 2, 0.05).run(Correction.BENJAMINI_HOCHBERG, 4_000, 20260101);
    assertThat(rates.corrected()).isLessThan(0.05);
    // The reason for the correction: intervals of the usual level miss far more often.
    assertThat(rates.naive()).isGreaterThan(0.07);
  }

  @Test
  void aGuardrailHoldsOnlyWhenHarmIsExcluded() {
    Guardrail latency = new Guardrail(3, Scale.ABSOLUTE, Direction.LOWER_IS_BETTER, 0.05);
    assertThat(latency.state(comparison(0))).isEqualTo(Guardrail.State.HOLDS);
    assertThat(latency.state(comparison(2))).isEqualTo(Guardrail.State.OPEN);
    assertThat(latency.state(comparison(5))).isEqualTo(Guardrail.State.BROKEN);
    Guardrail revenue = new Guardrail(3, Scale.ABSOLUTE, Direction.HIGHER_IS_BETTER, 0.05);
    assertThat(revenue.state(comparison(5))).isEqualTo(Guardrail.State.HOLDS);
    assertThat(revenue.state(comparison(-5))).isEqualTo(Guardrail.State.BROKEN);
    assertThat(revenue.state(new Comparison.Incomparable(new Obstacle.ZeroVariance())))
        .isEqualTo(Guardrail.State.UNKNOWN);
    if (revenue.effect(comparison(0)) instanceof Effect.Estimated estimated) {
      assertThat(estimated.pValue()).isCloseTo(0.0013498980316301, within(1e-15));
      assertThat(estimated.interval().low()).isCloseTo(-1.6448536269514722, within(1e-14));
    }
  }

  private static List<Effect> effects(Correction correction, List<Integer> hundredths) {
    return new Family(correction, TERMS)
        .effects(
            hundredths.stream()
                // Off the exact ties of estimates with bounds.
                .map(h -> new Family.Question(comparison(h / 100.0 + 1e-5), 1 + Math.abs(h) % 3))
                .toList());
  }

  private static Comparison comparison(double value) {
    return new Difference(value, 1, Double.POSITIVE_INFINITY, 100, new Baseline(10, 0.5, -0.5));
  }
}
