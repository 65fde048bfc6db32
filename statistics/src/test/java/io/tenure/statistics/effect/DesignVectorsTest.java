package io.tenure.statistics.effect;

import static io.tenure.statistics.Vectors.assertClose;
import static io.tenure.statistics.Vectors.assertProbability;
import static io.tenure.statistics.Vectors.doubles;
import static io.tenure.statistics.Vectors.list;
import static io.tenure.statistics.Vectors.number;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.statistics.Vectors;
import io.tenure.statistics.sample.MeanSample;
import io.tenure.statistics.sample.Moments;
import io.tenure.statistics.sample.MomentsBuilder;
import io.tenure.statistics.sample.Obstacle;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Trends, interactions, breakdowns and switchbacks against regressions and tests of others. */
final class DesignVectorsTest {

  private static final Terms ABSOLUTE = Terms.twoSided(Scale.ABSOLUTE, 0.05);

  private final Vectors vectors = Vectors.of("designs");

  @Test
  void noveltyIsASlopeOfGeneralisedLeastSquares() {
    for (JsonNode c : vectors.cases("novelty")) {
      Effect.Estimated slope =
          estimated(
              Novelty.trend(
                  moments(c.path("treatment")),
                  moments(c.path("control")),
                  doubles(c.path("days")),
                  Alternative.TWO_SIDED,
                  0.05));
      assertClose(slope.estimate(), c.path("slope"), "slope");
      assertClose(slope.standardError(), c.path("standardError"), "standard error");
      assertProbability(slope.pValue(), c.path("p"), "p-value");
    }
  }

  @Test
  void cohortsOfDifferentUnitsHaveATrendToo() {
    List<Comparison> cohorts = new ArrayList<>();
    for (double value : new double[] {3, 2, 1}) {
      cohorts.add(new Difference(value, 0.25, 1e9, 100, new Baseline(10, 0.1, -0.1)));
    }
    Effect.Estimated slope = estimated(Novelty.trend(cohorts, new double[] {0, 1, 2}, ABSOLUTE));
    assertClose(slope.estimate(), -1, 1e-12, "slope");
    assertClose(slope.standardError(), Math.sqrt(0.25 / 2), 1e-12, "standard error");
  }

  @Test
  void anInteractionIsTheProductTermOfARegression() {
    for (JsonNode c : vectors.cases("interactions")) {
      List<MeanSample> cells =
          list(c.path("cells")).stream().map(cell -> new MeanSample(column(cell))).toList();
      Effect.Estimated effect =
          estimated(
              new Interaction(cells.get(0), cells.get(1), cells.get(2), cells.get(3))
                  .comparison()
                  .effect(ABSOLUTE));
      assertClose(effect.estimate(), c.path("estimate"), "estimate");
      assertClose(effect.standardError(), c.path("standardError"), "standard error");
    }
  }

  @Test
  void aSwitchbackIsAPairedTestOfSettledPeriods() {
    for (JsonNode c : vectors.cases("switchbacks")) {
      List<Switchback.Period> periods =
          list(c.path("periods")).stream()
              .map(
                  p ->
                      new Switchback.Period(
                          p.path(0).longValue(),
                          p.path(1).longValue(),
                          p.path(2).booleanValue(),
                          number(p.path(3))))
              .toList();
      Comparison comparison = new Switchback(c.path("burnIn").intValue()).compare(periods);
      Effect.Estimated effect = estimated(comparison.effect(ABSOLUTE));
      assertThat(((Difference) comparison).units()).isEqualTo(c.path("blocks").longValue());
      assertClose(effect.estimate(), c.path("estimate"), "estimate");
      assertClose(effect.standardError(), c.path("standardError"), "standard error");
      assertProbability(effect.pValue(), c.path("p"), "p-value");
    }
  }

  @Test
  void aBurnInThatLeavesNothingLeavesNoAnswer() {
    List<Switchback.Period> periods =
        List.of(
            new Switchback.Period(0, 0, true, 1),
            new Switchback.Period(1, 0, false, 1),
            new Switchback.Period(2, 0, true, 1));
    assertThat(new Switchback(1).compare(periods))
        .isEqualTo(new Comparison.Incomparable(new Obstacle.TooFewUnits(0, 2)));
  }

  @Test
  void aBreakdownTellsWhetherSlicesDiffer() {
    for (JsonNode c : vectors.cases("breakdowns")) {
      double[] values = doubles(c.path("values"));
      double[] errors = doubles(c.path("errors"));
      List<Comparison> slices = new ArrayList<>();
      slices.add(new Comparison.Incomparable(new Obstacle.TooFewUnits(1, 2)));
      for (int i = 0; i < values.length; i++) {
        slices.add(
            new Difference(values[i], errors[i] * errors[i], 1e9, 100, new Baseline(1, 0.1, -0.1)));
      }
      Breakdown breakdown = Breakdown.of(slices, ABSOLUTE);
      assertThat(breakdown.effects()).hasSize(values.length + 1);
      assertClose(breakdown.statistic(), c.path("statistic"), "Q");
      assertProbability(breakdown.pValue(), c.path("p"), "p-value");
    }
  }

  private static Effect.Estimated estimated(Effect effect) {
    assertThat(effect).isInstanceOf(Effect.Estimated.class);
    return (Effect.Estimated) effect;
  }

  private static Moments moments(JsonNode rows) {
    MomentsBuilder builder = new MomentsBuilder(rows.path(0).size());
    rows.forEach(row -> builder.add(doubles(row)));
    return builder.build();
  }

  private static Moments column(JsonNode values) {
    MomentsBuilder builder = new MomentsBuilder(1);
    values.forEach(value -> builder.add(value.doubleValue()));
    return builder.build();
  }
}
