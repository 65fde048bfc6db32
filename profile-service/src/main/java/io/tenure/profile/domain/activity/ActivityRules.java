package io.tenure.profile.domain.activity;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * How much is kept of a user's activity, which bounds the memory of a profile.
 *
 * @param zone whose calendar days are counted
 * @param eventNames event names kept; the one unseen for the longest time makes room
 * @param days calendar days kept for an event, up to the latest one with it
 * @param sessions sessions kept
 * @param sessionGap time without an event that ends a session
 * @param numbers traits whose numbers are kept; the one unchanged for the longest time makes room
 * @param points days with a change kept for a number
 */
public record ActivityRules(
    ZoneId zone,
    int eventNames,
    int days,
    int sessions,
    Duration sessionGap,
    int numbers,
    int points) {

  LocalDate day(Instant time) {
    return time.atZone(zone).toLocalDate();
  }
}
