package io.tenure.profile.domain.habit;

import java.time.DayOfWeek;

/**
 * When in the week somebody is usually active.
 *
 * @param day the day; the busiest one at that hour, also when the day makes no difference
 * @param hour 0 to 23, local time
 * @param share part of the activity within an hour of it, smoothed
 * @param daySettled whether the day itself stands out, and not only the hour on any day
 */
public record UsualHour(DayOfWeek day, int hour, double share, boolean daySettled) {}
