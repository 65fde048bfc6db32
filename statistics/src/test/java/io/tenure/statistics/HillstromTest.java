package io.tenure.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tenure.statistics.balance.SampleRatio;
import io.tenure.statistics.balance.Severity;
import io.tenure.statistics.effect.Comparison;
import io.tenure.statistics.effect.Cuped;
import io.tenure.statistics.effect.Effect;
import io.tenure.statistics.effect.Scale;
import io.tenure.statistics.effect.Terms;
import io.tenure.statistics.effect.Welch;
import io.tenure.statistics.multiplicity.Correction;
import io.tenure.statistics.multiplicity.Verdict;
import io.tenure.statistics.sample.MeanSample;
import io.tenure.statistics.sample.MomentsBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A real experiment in three arms: an e-mail for men, one for women, none. */
final class HillstromTest {

  private static final List<String> ARMS = List.of("No E-Mail", "Mens E-Mail", "Womens E-Mail");
  private static final List<String> METRICS = List.of("visit", "conversion", "spend");
  private static final int FIRST_METRIC = 10;
  private static final int HISTORY = 3;
  private static final int SEGMENT = 9;

  /** What the data's own reference computed, by metric and e-mail. */
  private static final Map<String, double[]> DIFFERENCES =
      Map.of(
          "visit", new double[] {0.080973, 0.047575},
          "conversion", new double[] {0.006734, 0.003393},
          "spend", new double[] {0.792342, 0.469999});

  @Test
  void bothMailsBringVisitsOrdersAndMoney() {
    List<MomentsBuilder[]> arms = read();
    long[] units = arms.stream().mapToLong(metrics -> metrics[0].build().count()).toArray();
    assertThat(units).containsExactly(10_776, 10_730, 10_824);
    assertThat(SampleRatio.check(units, new double[] {1, 1, 1}).severity())
        .isEqualTo(Severity.FINE);
    List<Effect.Estimated> effects = new ArrayList<>();
    for (int metric = 0; metric < METRICS.size(); metric++) {
      for (int arm = 1; arm < ARMS.size(); arm++) {
        MeanSample treatment = new MeanSample(arms.get(arm)[metric].build());
        MeanSample control = new MeanSample(arms.getFirst()[metric].build());
        Effect.Estimated plain = effect(Welch.compare(treatment, control));
        Effect.Estimated adjusted = effect(Cuped.compare(treatment, control));
        double expected = DIFFERENCES.getOrDefault(METRICS.get(metric), new double[0])[arm - 1];
        assertThat(plain.estimate()).isCloseTo(expected, within(1e-6));
        // A true effect lies in the intervals of both, which differ by what history explains.
        assertThat(adjusted.interval().contains(plain.estimate())).isTrue();
        assertThat(adjusted.standardError()).isLessThanOrEqualTo(plain.standardError() * 1.0001);
        System.out.printf(
            "Hillstrom %s %s: %+.6f [%+.6f, %+.6f] p %.2g, with history %+.6f [%+.6f, %+.6f]%n",
            ARMS.get(arm),
            METRICS.get(metric),
            plain.estimate(),
            plain.interval().low(),
            plain.interval().high(),
            plain.pValue(),
            adjusted.estimate(),
            adjusted.interval().low(),
            adjusted.interval().high());
        effects.add(plain);
      }
    }
    double[] p = effects.stream().mapToDouble(Effect.Estimated::pValue).toArray();
    double[] weights = {1, 1, 1, 1, 1, 1};
    assertThat(Correction.HOLM.of(p, weights, 0.05)).allMatch(Verdict::discovery);
  }

  private static Effect.Estimated effect(Comparison comparison) {
    Effect effect = comparison.effect(Terms.twoSided(Scale.ABSOLUTE, 0.05));
    assertThat(effect).isInstanceOf(Effect.Estimated.class);
    return (Effect.Estimated) effect;
  }

  /** For each arm and metric the metric and what the customer spent in the year before. */
  private static List<MomentsBuilder[]> read() {
    List<MomentsBuilder[]> arms = new ArrayList<>();
    for (int arm = 0; arm < ARMS.size(); arm++) {
      MomentsBuilder[] metrics = new MomentsBuilder[METRICS.size()];
      for (int metric = 0; metric < metrics.length; metric++) {
        metrics[metric] = new MomentsBuilder(2);
      }
      arms.add(metrics);
    }
    List<String> lines = TestData.lines("hillstrom-half/hillstrom_dev.csv.gz");
    for (String line : lines.subList(1, lines.size())) {
      // Segments of history have a comma inside quotes.
      String[] columns = line.replaceAll("\"[^\"]*\"", "").split(",", -1);
      int arm = ARMS.indexOf(columns[SEGMENT]);
      for (int metric = 0; metric < METRICS.size(); metric++) {
        arms.get(arm)[metric].add(
            Double.parseDouble(columns[FIRST_METRIC + metric]),
            Double.parseDouble(columns[HISTORY]));
      }
    }
    return arms;
  }
}
