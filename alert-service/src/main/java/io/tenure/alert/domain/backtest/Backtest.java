package io.tenure.alert.domain.backtest;

import java.util.List;

/**
 * How a rule would have done in the past. All counts are pairs of a user and a period.
 *
 * @param periods one for each instant, oldest first
 */
public record Backtest(List<Period> periods) {

  /** Keeps its own copy. */
  public Backtest {
    periods = List.copyOf(periods);
  }

  /** Warned users. */
  public long warned() {
    return periods.stream().mapToLong(Period::warned).sum();
  }

  /** Warned users who then left. */
  public long warnedLost() {
    return periods.stream().mapToLong(Period::warnedLost).sum();
  }

  /** Share of the warned who left; 0 when nobody was warned. */
  public double precision() {
    return share(warnedLost(), warned());
  }

  /** Share of all who left, warned or not; 0 without users. */
  public double baseRate() {
    return share(lost(), users());
  }

  /** How many times likelier a warned user is to leave than any; 0 when nobody left. */
  public double lift() {
    double baseRate = baseRate();
    return baseRate == 0 ? 0 : precision() / baseRate;
  }

  /** Share of those who left that was warned; 0 when nobody left. */
  public double recall() {
    return share(warnedLost(), lost());
  }

  /**
   * The 95 % interval of the precision. It takes the pairs as independent; where periods overlap
   * (steps shorter than the outcome) they are not, and the true interval is wider.
   */
  public WilsonInterval precisionInterval() {
    return WilsonInterval.of(warnedLost(), warned());
  }

  private long users() {
    return periods.stream().mapToLong(Period::users).sum();
  }

  private long lost() {
    return periods.stream().mapToLong(Period::lost).sum();
  }

  private static double share(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
