package io.tenure.condition.domain;

/** How a left value is compared with the given ones. */
public enum Operator {
  /** Equal to one of the values. */
  EQUAL,
  /** Present and equal to none of the values, or absent. */
  NOT_EQUAL,
  /** Numerically less than the one value. */
  LESS,
  /** Numerically at most the one value. */
  LESS_OR_EQUAL,
  /** Numerically greater than the one value. */
  GREATER,
  /** Numerically at least the one value. */
  GREATER_OR_EQUAL,
  /** Text contains the one value, case-sensitive. */
  CONTAINS,
  /** Text starts with the one value, case-sensitive. */
  STARTS_WITH,
  /** A value is present. */
  IS_SET,
  /** No value is present. */
  IS_NOT_SET,
  /** A list with an element equal to one of the values. */
  HAS_ELEMENT;

  /** Whether it only asks if there is a value, and so tells nothing about it. */
  public boolean asksPresence() {
    return this == IS_SET || this == IS_NOT_SET;
  }

  /** Whether it can compare a number of events. */
  public boolean comparesCounts() {
    return switch (this) {
      case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> true;
      case CONTAINS, STARTS_WITH, IS_SET, IS_NOT_SET, HAS_ELEMENT -> false;
    };
  }

  /**
   * Compares two counts.
   *
   * @throws IllegalArgumentException when the operator cannot compare counts
   */
  public boolean holds(long left, long right) {
    return switch (this) {
      case EQUAL -> left == right;
      case NOT_EQUAL -> left != right;
      case LESS -> left < right;
      case LESS_OR_EQUAL -> left <= right;
      case GREATER -> left > right;
      case GREATER_OR_EQUAL -> left >= right;
      case CONTAINS, STARTS_WITH, IS_SET, IS_NOT_SET, HAS_ELEMENT ->
          throw new IllegalArgumentException("The operator cannot compare a count");
    };
  }
}
