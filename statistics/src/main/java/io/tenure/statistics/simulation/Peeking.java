package io.tenure.statistics.simulation;

import io.tenure.statistics.distribution.Normal;
import io.tenure.statistics.effect.Alternative;
import io.tenure.statistics.effect.Comparison;
import io.tenure.statistics.effect.Effect;
import io.tenure.statistics.effect.Scale;
import io.tenure.statistics.effect.Terms;
import io.tenure.statistics.effect.Welch;
import io.tenure.statistics.sample.MeanSample;
import io.tenure.statistics.sample.MomentsBuilder;
import io.tenure.statistics.sequential.ConfidenceSequencePlan;
import io.tenure.statistics.sequential.ConfidenceSequenceRun;
import io.tenure.statistics.sequential.GroupSequentialPlan;
import io.tenure.statistics.sequential.GroupSequentialRun;
import io.tenure.statistics.sequential.Looks;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Experiments that are looked at many times and stopped at the first significant look, as often as
 * asked, with units drawn from a known distribution: the share that stops is the rate of false
 * alarms where nothing differs, and the power where something does.
 *
 * @param distribution of the units
 * @param unitsPerArm in the whole experiment
 * @param looks equally far apart
 * @param alpha of every design
 * @param power with which a fixed test at the end finds the simulated effect; 0 for no effect
 */
public record Peeking(
    Distribution distribution, int unitsPerArm, int looks, double alpha, double power) {

  /** Accepts looks that bring units. */
  public Peeking {
    if (looks < 1 || unitsPerArm % looks != 0) {
      throw new IllegalArgumentException("Looks divide the units of an arm");
    }
  }

  /** How many experiments each design stopped with a finding. */
  public record Findings(int runs, int fixedAtEnd, int naive, int groupSequential, int sequence) {

    Findings and(Findings other) {
      return new Findings(
          runs + other.runs,
          fixedAtEnd + other.fixedAtEnd,
          naive + other.naive,
          groupSequential + other.groupSequential,
          sequence + other.sequence);
    }
  }

  /** Runs experiments; the same seed gives the same findings on any number of cores. */
  public Findings run(int runs, long seed) {
    List<Looks> looksSoFar = looksSoFar();
    SplittableRandom seeds = new SplittableRandom(seed);
    List<SplittableRandom> randoms = IntStream.range(0, runs).mapToObj(_ -> seeds.split()).toList();
    return randoms.parallelStream()
        .map(random -> once(random, looksSoFar))
        .reduce(new Findings(0, 0, 0, 0, 0), Findings::and);
  }

  private List<Looks> looksSoFar() {
    List<Looks> so = new ArrayList<>();
    Looks latest = GroupSequentialPlan.usual(alpha, 2L * unitsPerArm).start();
    for (int look = 1; look <= looks; look++) {
      latest = latest.next(2L * unitsPerArm / looks * look);
      so.add(latest);
    }
    return so;
  }

  private Findings once(RandomGenerator random, List<Looks> looksSoFar) {
    MomentsBuilder treatment = new MomentsBuilder(1);
    MomentsBuilder control = new MomentsBuilder(1);
    GroupSequentialRun group =
        GroupSequentialRun.start(looksSoFar.getFirst().plan(), Scale.ABSOLUTE);
    ConfidenceSequenceRun sequence =
        ConfidenceSequenceRun.start(
            new ConfidenceSequencePlan(alpha, Alternative.TWO_SIDED, 2L * unitsPerArm),
            Scale.ABSOLUTE);
    boolean naive = false;
    boolean last = false;
    double shift = shift();
    for (int look = 0; look < looks; look++) {
      for (int unit = 0; unit < unitsPerArm / looks; unit++) {
        treatment.add(distribution.draw(random) + shift);
        control.add(distribution.draw(random));
      }
      Comparison comparison =
          Welch.compare(new MeanSample(treatment.build()), new MeanSample(control.build()));
      last = isSignificant(comparison);
      naive |= last;
      group = group.next(looksSoFar.get(look), comparison);
      sequence = sequence.next(comparison);
    }
    return new Findings(
        1,
        last ? 1 : 0,
        naive ? 1 : 0,
        group.significant() ? 1 : 0,
        sequence.significant() ? 1 : 0);
  }

  private boolean isSignificant(Comparison comparison) {
    return comparison.effect(Terms.twoSided(Scale.ABSOLUTE, alpha))
            instanceof Effect.Estimated estimated
        && estimated.pValue() <= alpha;
  }

  private double shift() {
    return power == 0
        ? 0
        : (Normal.upperQuantile(alpha / 2) - Normal.upperQuantile(power))
            * distribution.deviation()
            * Math.sqrt(2.0 / unitsPerArm);
  }
}
