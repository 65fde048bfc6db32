package io.tenure.benchmarks;

import io.tenure.statistics.effect.Cuped;
import io.tenure.statistics.effect.Effect;
import io.tenure.statistics.effect.Scale;
import io.tenure.statistics.effect.Terms;
import io.tenure.statistics.multiplicity.Correction;
import io.tenure.statistics.multiplicity.Verdict;
import io.tenure.statistics.sample.MeanSample;
import io.tenure.statistics.sample.MomentsBuilder;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A whole dashboard from sufficient statistics: 1,000 metrics in 20 slices, two arms each, adjusted
 * by a covariate, with intervals, p-values and one correction over all of them. The baseline only
 * reads the sums: differences of means with their standard errors.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class StatisticsBenchmark {

  private static final int METRICS = 1_000;
  private static final int SLICES = 20;
  private static final int UNITS = 100;
  private static final Terms TERMS = Terms.twoSided(Scale.RELATIVE, 0.05);

  private final MeanSample[] treatments = arms(1);
  private final MeanSample[] controls = arms(2);

  /** The baseline. */
  @Benchmark
  public double differences() {
    double sum = 0;
    for (int i = 0; i < treatments.length; i++) {
      var t = treatments[i].moments();
      var c = controls[i].moments();
      sum +=
          (t.mean(0) - c.mean(0))
              / Math.sqrt(t.variance(0) / t.count() + c.variance(0) / c.count());
    }
    return sum;
  }

  /** The dashboard. */
  @Benchmark
  public List<Verdict> dashboard() {
    double[] p = new double[treatments.length];
    for (int i = 0; i < p.length; i++) {
      Effect effect = Cuped.compare(treatments[i], controls[i]).effect(TERMS);
      p[i] = effect instanceof Effect.Estimated estimated ? estimated.pValue() : 1;
    }
    return Correction.BENJAMINI_HOCHBERG.of(p, TERMS.alpha());
  }

  private static MeanSample[] arms(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    MeanSample[] arms = new MeanSample[METRICS * SLICES];
    for (int i = 0; i < arms.length; i++) {
      MomentsBuilder builder = new MomentsBuilder(2);
      for (int unit = 0; unit < UNITS; unit++) {
        double before = random.nextGaussian();
        builder.add(100 + before + random.nextGaussian(), before);
      }
      arms[i] = new MeanSample(builder.build());
    }
    return arms;
  }
}
