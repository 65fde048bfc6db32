package io.tenure.alert.domain.backtest;

/**
 * The 95 % score interval of a share (E. B. Wilson, "Probable inference, the law of succession, and
 * statistical inference", 1927): unlike the textbook interval it stays inside [0, 1] and is honest
 * for small numbers.
 *
 * @param lower lower bound
 * @param upper upper bound
 */
public record WilsonInterval(double lower, double upper) {

  private static final double Z = 1.959963984540054;

  /** The interval for so many successes among so many trials; [0, 1] without trials. */
  public static WilsonInterval of(long successes, long trials) {
    if (trials == 0) {
      return new WilsonInterval(0, 1);
    }
    double share = (double) successes / trials;
    double weight = Z * Z / trials;
    double center = (share + weight / 2) / (1 + weight);
    double half =
        Z * Math.sqrt(share * (1 - share) / trials + weight / (4 * trials)) / (1 + weight);
    return new WilsonInterval(Math.max(0, center - half), Math.min(1, center + half));
  }
}
