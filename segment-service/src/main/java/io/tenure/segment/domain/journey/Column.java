package io.tenure.segment.domain.journey;

/** A text that comes with each event of a journey. */
public sealed interface Column {

  /** The name of the event. */
  record Name() implements Column {}

  /** The value of a property of the event. */
  record Property(String name) implements Column {
    /** Accepts a name of 1 to 200 characters. */
    public Property {
      requireName("property", name);
    }
  }

  /** The value of a trait of the user, as it is now. */
  record Trait(String name) implements Column {
    /** Accepts a name of 1 to 200 characters. */
    public Trait {
      requireName("trait", name);
    }
  }

  /** The login id of the user, as it is now. */
  record LoginId() implements Column {}

  private static void requireName(String what, String name) {
    if (name.isEmpty() || name.length() > 200) {
      throw new IllegalArgumentException("The " + what + " name must have 1 to 200 characters");
    }
  }
}
