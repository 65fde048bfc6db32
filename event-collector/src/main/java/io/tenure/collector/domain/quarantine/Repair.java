package io.tenure.collector.domain.quarantine;

/** One change that makes a record acceptable; made on purpose, by a person, for a whole filter. */
public sealed interface Repair {

  /**
   * Gives the event another name.
   *
   * @param from only events of this name; empty for all
   */
  record RenameEvent(String from, String to) implements Repair {}

  /** Gives a property or trait another name, unless the new one is taken. */
  record RenameProperty(String from, String to) implements Repair {}

  /**
   * Sets a field.
   *
   * @param value parsed from JSON, as in a draft
   */
  record SetField(FieldPath path, Object value) implements Repair {}

  /** Removes a field. */
  record RemoveField(FieldPath path) implements Repair {}

  /** Turns a text that is a number into it. */
  record TextToNumber(FieldPath path) implements Repair {}

  /** Turns a number into a text. */
  record NumberToText(FieldPath path) implements Repair {}

  /** Replaces the time with the time it reached us. */
  record SetTimeToReceiveTime() implements Repair {}
}
