package io.tenure.flagimport;

/**
 * How the providers in use deal flagd's fractions. A definition does not say it, and the two ways
 * put most units elsewhere, so whoever imports has to.
 */
public enum FlagdFractions {
  /**
   * The absolute hash as a floating-point percentage, as in version 0.11 of the Java provider.
   * Providers round it differently, so such flags are refused.
   */
  PERCENTAGES,
  /** The hash times the sum of the weights, in integers, as in version 4 of the JavaScript core. */
  WEIGHTS
}
