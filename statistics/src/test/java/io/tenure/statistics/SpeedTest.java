package io.tenure.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.statistics.effect.Cuped;
import io.tenure.statistics.effect.Effect;
import io.tenure.statistics.effect.Scale;
import io.tenure.statistics.effect.Terms;
import io.tenure.statistics.multiplicity.Correction;
import io.tenure.statistics.sample.MeanSample;
import io.tenure.statistics.sample.Moments;
import io.tenure.statistics.sample.MomentsBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A whole dashboard: 1,000 metrics in 20 slices, adjusted by a covariate, from their sums. */
final class SpeedTest {

  private static final int METRICS = 1_000;
  private static final int SLICES = 20;

  @Test
  void aDashboardIsCheap() {
    List<MeanSample> arms = arms();
    Duration best = Duration.ofDays(1);
    for (int round = 0; round < 6; round++) {
      long start = System.nanoTime();
      assertThat(analyse(arms)).isPositive();
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      best = took.compareTo(best) < 0 ? took : best;
    }
    System.out.println("20,000 adjusted effects in " + best.toMillis() + " ms");
    // 200 ms is the aim; the rest is for a machine that does something else at the same time.
    assertThat(best).isLessThan(Duration.ofMillis(600));
  }

  private static int analyse(List<MeanSample> arms) {
    Terms terms = Terms.twoSided(Scale.RELATIVE, 0.05);
    double[] p = new double[METRICS * SLICES];
    for (int i = 0; i < p.length; i++) {
      Effect effect = Cuped.compare(arms.get(i % 997), arms.get((i * 31 + 1) % 997)).effect(terms);
      p[i] = effect instanceof Effect.Estimated estimated ? estimated.pValue() : 1;
    }
    return (int)
        Correction.BENJAMINI_HOCHBERG.of(p, 0.05).stream().filter(v -> v.pValue() > 0).count();
  }

  private static List<MeanSample> arms() {
    SplittableRandom random = new SplittableRandom(1);
    List<MeanSample> arms = new ArrayList<>();
    for (int i = 0; i < 997; i++) {
      MomentsBuilder builder = new MomentsBuilder(2);
      for (int unit = 0; unit < 200; unit++) {
        double before = random.nextGaussian();
        builder.add(100 + before + random.nextGaussian(), before);
      }
      Moments moments = builder.build();
      arms.add(new MeanSample(moments));
    }
    return arms;
  }
}
