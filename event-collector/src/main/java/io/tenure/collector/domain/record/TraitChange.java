package io.tenure.collector.domain.record;

/**
 * One change of one trait.
 *
 * @param name trait; empty for {@link Operation#DELETE}
 * @param jsonValue value as JSON text, so that numbers stay exact; empty where there is none
 */
public record TraitChange(Operation operation, String name, String jsonValue) {

  /** The operations of the Sensors profile protocol; Segment needs the first and {@code UNSET}. */
  public enum Operation {
    /** Replaces the value. */
    SET,
    /** Sets the value when there is none. */
    SET_ONCE,
    /** Adds a number. */
    INCREMENT,
    /** Adds list elements not yet there. */
    APPEND,
    /** Removes the trait. */
    UNSET,
    /** Removes all traits. */
    DELETE
  }
}
