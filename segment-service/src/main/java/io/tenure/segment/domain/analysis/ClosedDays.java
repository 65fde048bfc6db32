package io.tenure.segment.domain.analysis;

/** What events of closed days belong to, where periods are the open days of a calendar. */
public enum ClosedDays {
  /** To the next open day: an order of Saturday is one for Monday. */
  NEXT_OPEN_DAY,
  /** To no period. */
  LEFT_OUT
}
