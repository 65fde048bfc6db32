package io.tenure.statistics.multiplicity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How a family of questions is kept from finding something by their number. Weights give a question
 * a greater share of the family's error: a goal counts more than the eleventh slice of a side
 * metric.
 */
public enum Correction {
  /** Every question at its share of alpha; no false discovery in 1 - alpha of experiments. */
  BONFERRONI {
    @Override
    List<Verdict> judge(double[] p, double[] weights, double alpha) {
      List<Verdict> verdicts = new ArrayList<>();
      for (int i = 0; i < p.length; i++) {
        double share = weights[i] / p.length;
        double adjusted = Math.min(1, p[i] / share);
        verdicts.add(new Verdict(adjusted, adjusted <= alpha, alpha * share, false));
      }
      return verdicts;
    }
  },

  /**
   * As safe as Bonferroni and never weaker (Holm, Scandinavian Journal of Statistics 6, 1979, with
   * its section 4's weights). Discoveries' intervals are those of Bonferroni, cut at zero where
   * they reach past it: the step-down procedure vouches for their sign and no more. Others share
   * the alpha that is left (Strassburger and Bretz, Statistics in Medicine 27, 2008).
   */
  HOLM {
    @Override
    List<Verdict> judge(double[] p, double[] weights, double alpha) {
      Integer[] order = order(p, weights);
      double[] adjusted = new double[p.length];
      double left = p.length;
      double worst = 0;
      for (int index : order) {
        worst = Math.max(worst, Math.min(1, p[index] * left / weights[index]));
        adjusted[index] = worst;
        left -= weights[index];
      }
      double open =
          IntStream.range(0, p.length)
              .filter(i -> adjusted[i] > alpha)
              .mapToDouble(i -> weights[i])
              .sum();
      List<Verdict> verdicts = new ArrayList<>();
      for (int i = 0; i < p.length; i++) {
        boolean found = adjusted[i] <= alpha;
        double share = weights[i] / (found ? p.length : open);
        verdicts.add(new Verdict(adjusted[i], found, alpha * share, found));
      }
      return verdicts;
    }
  },

  /**
   * At most alpha of the discoveries are false on average (Benjamini and Hochberg, Journal of the
   * Royal Statistical Society B 57, 1995; weights as of Genovese, Roeder and Wasserman, Biometrika
   * 93, 2006). Discoveries' intervals miss at most alpha of the time on average over them: level 1
   * - R alpha / m (Benjamini and Yekutieli, Journal of the American Statistical Association 100,
   * 2005).
   */
  BENJAMINI_HOCHBERG {
    @Override
    List<Verdict> judge(double[] p, double[] weights, double alpha) {
      Integer[] order = order(p, weights);
      double[] adjusted = new double[p.length];
      double best = 1;
      for (int rank = p.length; rank >= 1; rank--) {
        int index = order[rank - 1];
        best = Math.min(best, p[index] / weights[index] * p.length / rank);
        adjusted[index] = best;
      }
      long found = IntStream.range(0, p.length).filter(i -> adjusted[i] <= alpha).count();
      List<Verdict> verdicts = new ArrayList<>();
      for (int i = 0; i < p.length; i++) {
        double share = weights[i] * Math.max(1, found) / p.length;
        verdicts.add(new Verdict(adjusted[i], adjusted[i] <= alpha, alpha * share, false));
      }
      return verdicts;
    }
  };

  /**
   * Judges a family.
   *
   * @param pValues of each question
   * @param weights of each question, of any sum; positive
   * @param alpha error of the family
   * @return verdicts in the same order
   */
  public List<Verdict> of(double[] pValues, double[] weights, double alpha) {
    if (pValues.length != weights.length || !(alpha > 0 && alpha < 1)) {
      throw new IllegalArgumentException("Each question has a weight, alpha lies within (0, 1)");
    }
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      if (!(pValues[i] >= 0 && pValues[i] <= 1) || !(weights[i] > 0)) {
        throw new IllegalArgumentException("P-values are probabilities, weights are positive");
      }
      sum += weights[i];
    }
    double[] normed = new double[weights.length];
    for (int i = 0; i < weights.length; i++) {
      normed[i] = weights[i] / sum * weights.length;
    }
    return judge(pValues, normed, alpha);
  }

  /** Judges a family of equal questions. */
  public List<Verdict> of(double[] pValues, double alpha) {
    double[] weights = new double[pValues.length];
    Arrays.fill(weights, 1);
    return of(pValues, weights, alpha);
  }

  /** Weights have mean 1. */
  abstract List<Verdict> judge(double[] p, double[] weights, double alpha);

  private static Integer[] order(double[] p, double[] weights) {
    return IntStream.range(0, p.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> p[i] / weights[i]))
        .toArray(Integer[]::new);
  }
}
