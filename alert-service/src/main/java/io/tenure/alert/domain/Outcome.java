package io.tenure.alert.domain;

import java.time.Duration;

/**
 * What "left" means: no activity for a length of time.
 *
 * @param activityJson selector of the events that show the user is still there, as protocol JSON
 * @param inactiveFor how long without such an event makes a user lost
 */
public record Outcome(String activityJson, Duration inactiveFor) {

  /** No outcome; never valid in a rule. */
  public static final Outcome NONE = new Outcome("{}", Duration.ZERO);
}
