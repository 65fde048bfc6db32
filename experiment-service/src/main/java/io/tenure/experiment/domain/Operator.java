package io.tenure.experiment.domain;

/** How a trait is compared with the values of a condition. */
public enum Operator {
  /** Equal to one of the values. */
  EQUAL,
  /** Equal to none of the values, or absent. */
  NOT_EQUAL,
  /** Numerically less than the one value. */
  LESS,
  /** Numerically at most the one value. */
  LESS_OR_EQUAL,
  /** Numerically greater than the one value. */
  GREATER,
  /** Numerically at least the one value. */
  GREATER_OR_EQUAL,
  /** A text that contains the one value. */
  CONTAINS,
  /** A text that starts with the one value. */
  STARTS_WITH,
  /** Present. */
  IS_SET,
  /** Absent. */
  IS_NOT_SET
}
