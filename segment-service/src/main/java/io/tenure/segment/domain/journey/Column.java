package io.tenure.segment.domain.journey;

/** A text that comes with each event of a journey. */
public sealed interface Column {

  /** The name of the event. */
  record Name() implements Column {}

  /** The value of a property. */
  record Property(String name) implements Column {
    /** Accepts a name of 1 to 200 characters. */
    public Property {
      if (name.isEmpty() || name.length() > 200) {
        throw new IllegalArgumentException("The property name must have 1 to 200 characters");
      }
    }
  }
}
