package io.tenure.evaluator;

/** A step of a decision, for whoever asks why. */
public sealed interface Step {

  /** The flag is disabled. */
  record Disabled() implements Step {}

  /** The subject is on a list. */
  record OnList(UnitType unit, String variant) implements Step {}

  /** Another flag was asked, by this one or one of its rules; an empty rule is the flag itself. */
  record Asked(String rule, String flag, String variant, boolean met) implements Step {}

  /** A rule is out of its schedule. */
  record OutOfSchedule(String rule) implements Step {}

  /** A rule's condition was answered. */
  record Matched(String rule, boolean holds) implements Step {}

  /** The id of the unit that a rule deals is not known. */
  record NoUnit(String rule, UnitType unit) implements Step {}

  /** A gate was come to. */
  record Gated(String rule, Gate gate, long bucket, boolean passed) implements Step {}

  /** A variant had been kept. */
  record Remembered(String rule, Kept kept, boolean taken) implements Step {}

  /** A unit was dealt; an empty variant means that no arm took it. */
  record Dealt(String rule, long bucket, String variant) implements Step {}
}
