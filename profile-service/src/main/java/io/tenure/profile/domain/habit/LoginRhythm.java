package io.tenure.profile.domain.habit;

/**
 * How often and how evenly somebody comes.
 *
 * @param kind the class
 * @param activeShare active days by observed days
 * @param burstiness of the gaps between active days: -1 like a clock, 0 at random, towards 1 in
 *     bursts
 */
public record LoginRhythm(Kind kind, double activeShare, double burstiness) {

  /** Classes of rhythm, the first that fits. */
  public enum Kind {
    /** On most open days, hardly on closed ones. */
    WORKDAYS,
    /** On most days. */
    DAILY,
    /** In most weeks, nearly always on closed days. */
    WEEKENDS,
    /** In most weeks. */
    WEEKLY,
    /** In each of the last three periods of 28 days. */
    MONTHLY,
    /** Otherwise. */
    SPORADIC
  }
}
