package io.tenure.statistics.effect;

/** What a difference is measured in. */
public enum Scale {
  /** The metric's own unit. */
  ABSOLUTE,
  /** A share of the control arm's size, |mean|: 0.05 is 5 % towards greater values. */
  RELATIVE
}
