package io.tenure.segment.domain.session;

import io.tenure.segment.domain.journey.Label;

/** One number of a session query, behind which there are users. */
public sealed interface SessionCell {

  /** All sessions, or those of one event only. */
  record All(boolean bounced) implements SessionCell {}

  /** Sessions that begin in a period. */
  record Period(int number, boolean bounced) implements SessionCell {}

  /** Sessions whose first event has a text. */
  record Value(Label label, boolean bounced) implements SessionCell {}

  /** Sessions of some number of events, by the index of {@link Sessions#DEPTHS}. */
  record Depth(int index) implements SessionCell {}

  /** Sessions of some length, by the index of {@link Sessions#DURATIONS}. */
  record Length(int index) implements SessionCell {}

  /** Sessions that have, begin with or end with an event. */
  record Event(Label name, Role role) implements SessionCell {}

  /** What an event is to a session. */
  enum Role {
    /** It is part of it. */
    PART,
    /** It is the first. */
    ENTRY,
    /** It is the last. */
    EXIT
  }
}
