package io.tenure.profile.domain.search;

import java.math.BigDecimal;
import java.util.List;

/** How a trait is compared; every one is false for a user without the trait. */
public sealed interface Comparison {

  /** The trait has a value. */
  record IsSet() implements Comparison {}

  /** Equal to one of the values, of the same type. */
  record OneOf(List<Value> values) implements Comparison {
    /** Copies the values. */
    public OneOf {
      values = List.copyOf(values);
    }
  }

  /** A list with an element equal to one of the values. */
  record HasElement(List<Value> values) implements Comparison {
    /** Copies the values. */
    public HasElement {
      values = List.copyOf(values);
    }
  }

  /** A number on one side of a bound. */
  record Ordered(Sign sign, BigDecimal bound) implements Comparison {}

  /** Contains a text; case matters. */
  record Contains(String text) implements Comparison {}

  /** Starts with a text; case matters. */
  record StartsWith(String text) implements Comparison {}

  /** Sides of a bound. */
  enum Sign {
    /** Below. */
    LESS,
    /** Below or there. */
    LESS_OR_EQUAL,
    /** Above. */
    GREATER,
    /** Above or there. */
    GREATER_OR_EQUAL
  }
}
