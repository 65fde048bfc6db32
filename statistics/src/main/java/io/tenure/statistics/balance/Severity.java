package io.tenure.statistics.balance;

/** How much a sample ratio should worry whoever reads the results. */
public enum Severity {
  FINE,
  /** Below 0.01: look at it. One healthy experiment in a hundred comes here. */
  WARNING,
  /** Below 0.001: the results can't be trusted before the cause is found. */
  ALARM;

  /** The severity of a p-value. */
  public static Severity of(double pValue) {
    if (pValue < 0.001) {
      return ALARM;
    }
    return pValue < 0.01 ? WARNING : FINE;
  }
}
