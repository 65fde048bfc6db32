package io.tenure.statistics.simulation;

import io.tenure.statistics.effect.Baseline;
import io.tenure.statistics.effect.Difference;
import io.tenure.statistics.effect.Effect;
import io.tenure.statistics.effect.Scale;
import io.tenure.statistics.effect.Terms;
import io.tenure.statistics.multiplicity.Correction;
import io.tenure.statistics.multiplicity.Family;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Families of questions of which some have an answer: how often the intervals of those found miss
 * the truth, which choosing by significance makes worse than an interval's level says.
 *
 * @param questions in a family
 * @param real of them with a true effect
 * @param effect in standard errors
 * @param alpha of the family
 */
public record FalseCoverage(int questions, int real, double effect, double alpha) {

  /**
   * Mean over families of the share of missed effects among those found.
   *
   * @param corrected with the family's intervals
   * @param naive with intervals of level 1 - alpha for the same discoveries
   */
  public record Rates(double corrected, double naive) {}

  public Rates run(Correction correction, int families, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double corrected = 0;
    double naive = 0;
    for (int i = 0; i < families; i++) {
      Rates rates = once(correction, random);
      corrected += rates.corrected();
      naive += rates.naive();
    }
    return new Rates(corrected / families, naive / families);
  }

  private Rates once(Correction correction, RandomGenerator random) {
    Terms terms = Terms.twoSided(Scale.ABSOLUTE, alpha);
    List<Family.Question> asked = new ArrayList<>();
    for (int i = 0; i < questions; i++) {
      double value = truth(i) + random.nextGaussian();
      asked.add(
          new Family.Question(
              new Difference(value, 1, Double.POSITIVE_INFINITY, 1, new Baseline(1, 0, 0)), 1));
    }
    List<Effect> effects = new Family(correction, terms).effects(asked);
    int found = 0;
    int missed = 0;
    int missedAlone = 0;
    for (int i = 0; i < questions; i++) {
      if (effects.get(i) instanceof Effect.Estimated estimated && estimated.pValue() <= alpha) {
        found++;
        missed += estimated.interval().contains(truth(i)) ? 0 : 1;
        missedAlone += misses(asked.get(i).comparison().effect(terms), truth(i)) ? 1 : 0;
      }
    }
    return found == 0
        ? new Rates(0, 0)
        : new Rates((double) missed / found, (double) missedAlone / found);
  }

  private static boolean misses(Effect effect, double truth) {
    return effect instanceof Effect.Estimated estimated && !estimated.interval().contains(truth);
  }

  private double truth(int question) {
    return question < real ? effect : 0;
  }
}
