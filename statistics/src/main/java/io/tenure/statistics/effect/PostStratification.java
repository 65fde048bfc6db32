package io.tenure.statistics.effect;

import io.tenure.statistics.sample.MeanSample;
import io.tenure.statistics.sample.Moments;
import io.tenure.statistics.sample.Obstacle;
import io.tenure.statistics.sample.RatioSample;
import java.util.List;
import java.util.function.Function;

/**
 * Compares arms within strata and adds up by the strata's share of all units (Miratrix, Sekhon and
 * Yu, Journal of the Royal Statistical Society B 75, 2013). What chance put more of a rich stratum
 * into one arm no longer counts. The shares are those of the units that came, so their own
 * uncertainty is part of the variance.
 *
 * <p>A stratum needs two units in each arm; smaller ones are merged by whoever knows what they
 * mean.
 */
public final class PostStratification {

  private PostStratification() {}

  public static Comparison compareMeans(List<Stratum<MeanSample>> strata) {
    return compare(strata, MeanSample::moments, 1);
  }

  /** Numerators and denominators are stratified each, and divided at the end. */
  public static Comparison compareRatios(List<Stratum<RatioSample>> strata) {
    return compare(strata, RatioSample::moments, 2);
  }

  private static <S> Comparison compare(
      List<Stratum<S>> strata, Function<S, Moments> moments, int width) {
    double total = 0;
    for (Stratum<S> stratum : strata) {
      long least =
          Math.min(
              moments.apply(stratum.treatment()).count(), moments.apply(stratum.control()).count());
      if (least < 2) {
        return new Comparison.Incomparable(new Obstacle.TooFewUnits(least, 2));
      }
      total +=
          moments.apply(stratum.treatment()).count() + moments.apply(stratum.control()).count();
    }
    if (strata.isEmpty()) {
      return new Comparison.Incomparable(new Obstacle.TooFewUnits(0, 2));
    }
    // The vector of both arms' stratified means: treatment first.
    double[] means = new double[2 * width];
    for (Stratum<S> stratum : strata) {
      Moments t = moments.apply(stratum.treatment());
      Moments c = moments.apply(stratum.control());
      double share = (t.count() + c.count()) / total;
      for (int i = 0; i < width; i++) {
        means[i] += share * t.mean(i);
        means[width + i] += share * c.mean(i);
      }
    }
    if (width == 2 && (means[1] == 0 || means[3] == 0)) {
      return new Comparison.Incomparable(new Obstacle.ZeroDenominator());
    }
    return compare(strata, moments, new Slopes(means, width), total);
  }

  private static <S> Comparison compare(
      List<Stratum<S>> strata, Function<S, Moments> moments, Slopes slopes, double total) {
    double within = 0;
    double between = 0;
    double squares = 0;
    double baselineVariance = 0;
    double covariance = 0;
    for (Stratum<S> stratum : strata) {
      Moments t = moments.apply(stratum.treatment());
      Moments c = moments.apply(stratum.control());
      double share = (t.count() + c.count()) / total;
      double first = share * share * slopes.variance(t, slopes.treatment()) / t.count();
      double second = share * share * slopes.variance(c, slopes.control()) / c.count();
      double ofTreatment = slopes.distance(t, slopes.treatment(), 0);
      double ofControl = slopes.distance(c, slopes.control(), slopes.width());
      within += first + second;
      squares += first * first / (t.count() - 1.0) + second * second / (c.count() - 1.0);
      between += share * (ofTreatment - ofControl) * (ofTreatment - ofControl) / total;
      baselineVariance += second + share * ofControl * ofControl / total;
      covariance += share * (ofTreatment - ofControl) * ofControl / total - second;
    }
    return Difference.of(
        slopes.value(0) - slopes.value(slopes.width()),
        within + between,
        within > 0 ? within * within / squares : Double.POSITIVE_INFINITY,
        (long) total,
        new Baseline(slopes.value(slopes.width()), baselineVariance, covariance));
  }

  /** How an arm's value moves with its stratified means: the delta method's gradients. */
  private record Slopes(double[] means, int width) {

    double value(int from) {
      return width == 1 ? means[from] : means[from] / means[from + 1];
    }

    double[] treatment() {
      return gradient(0);
    }

    double[] control() {
      return gradient(width);
    }

    private double[] gradient(int from) {
      return width == 1
          ? new double[] {1}
          : new double[] {1 / means[from + 1], -value(from) / means[from + 1]};
    }

    double variance(Moments moments, double[] gradient) {
      double sum = 0;
      for (int i = 0; i < width; i++) {
        for (int j = 0; j < width; j++) {
          sum += gradient[i] * gradient[j] * moments.covariance(i, j);
        }
      }
      return Math.max(0, sum);
    }

    /** How far a stratum's linear value is from the whole arm's. */
    double distance(Moments moments, double[] gradient, int from) {
      double sum = 0;
      for (int i = 0; i < width; i++) {
        sum += gradient[i] * (moments.mean(i) - means[from + i]);
      }
      return sum;
    }
  }
}
