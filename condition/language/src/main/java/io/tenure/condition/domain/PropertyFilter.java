package io.tenure.condition.domain;

/** Compares one property of an event. */
public record PropertyFilter(String name, Comparison comparison) {

  /** Accepts a name of 1 to 200 characters. */
  public PropertyFilter {
    Limits.name(name, "The property name");
  }
}
