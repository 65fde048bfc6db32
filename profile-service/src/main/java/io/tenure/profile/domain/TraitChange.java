package io.tenure.profile.domain;

/** What a record does to the traits; the operations of the Sensors profile protocol. */
public sealed interface TraitChange {

  /** Replaces the value; null removes the trait. */
  record Set(String name, TraitValue value) implements TraitChange {}

  /** Sets the value when there is none. */
  record SetOnce(String name, TraitValue value) implements TraitChange {}

  /** Adds a number; a missing value counts as 0. */
  record Increment(String name, TraitValue amount) implements TraitChange {}

  /** Adds the elements a list does not have yet; a single value counts as a list of one. */
  record Append(String name, TraitValue elements) implements TraitChange {}

  /** Removes the trait. */
  record Unset(String name) implements TraitChange {}

  /** Removes every trait. */
  record Delete() implements TraitChange {}

  /**
   * A change that reached the log but makes no sense; it changes nothing and is counted, because
   * refusing the batch would stop the log for everybody.
   */
  record Unusable(Refusal refusal) implements TraitChange {}
}
