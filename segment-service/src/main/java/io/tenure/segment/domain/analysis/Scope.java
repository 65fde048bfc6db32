package io.tenure.segment.domain.analysis;

import io.tenure.condition.domain.Condition;
import io.tenure.condition.domain.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * What every analysis needs to know first.
 *
 * @param range when
 * @param zone whose days, weeks and months
 * @param users only users for whom this holds at the end of the range; null for everybody
 * @param samplePerMille share of the users to look at, in thousandths; the same users each time
 * @param openDays periods of the calendar that was chosen; null without one
 * @param sessions only events of such sessions; null for all
 * @param receivedUntil only events received by then, inclusive; null for all
 */
public record Scope(
    TimeRange range,
    ZoneId zone,
    @Nullable Condition users,
    int samplePerMille,
    @Nullable OpenDayPeriods openDays,
    @Nullable SessionFilter sessions,
    @Nullable Instant receivedUntil) {

  private static final Duration MAX_LENGTH = Duration.ofDays(5 * 366);

  /** Accepts a range of up to five years with something inside, and the name of a zone. */
  public Scope {
    if (zone instanceof ZoneOffset) {
      throw new IllegalArgumentException("A time zone has a name, for example UTC");
    }
    if (range.isEmpty()) {
      throw new IllegalArgumentException("The end must lie after the start");
    }
    if (range.length().compareTo(MAX_LENGTH) > 0) {
      throw new IllegalArgumentException("The range must not be longer than five years");
    }
    new Population(users, range.end(), samplePerMille, sessions, receivedUntil);
    if (openDays != null) {
      openDays.requireZone(zone);
    }
  }

  /** Without a calendar, events of all sessions, whenever they were received. */
  public Scope(TimeRange range, ZoneId zone, @Nullable Condition users, int samplePerMille) {
    this(range, zone, users, samplePerMille, null, null, null);
  }

  /** All users for whom the condition holds. */
  public Scope(TimeRange range, ZoneId zone, @Nullable Condition users) {
    this(range, zone, users, Population.ALL);
  }

  /** Whose events count, and which of them. */
  public Population population() {
    return new Population(users, range.end(), samplePerMille, sessions, receivedUntil);
  }

  /** The same some periods earlier: by local time, so a day stays a day when clocks change. */
  public Scope earlier(Periods unit, int periods) {
    TimeRange before =
        new TimeRange(
            unit.minus(range.start(), periods, zone), unit.minus(range.end(), periods, zone));
    return new Scope(before, zone, users, samplePerMille, openDays, sessions, receivedUntil);
  }

  /** Number of the first period that touches the range. */
  public int firstPeriod(Periods periods) {
    return periods.firstAfter(LocalDateTime.ofInstant(range.start(), zone));
  }

  /** Number of the last period that touches the range; less than the first where none does. */
  public int lastPeriod(Periods periods) {
    return periods.lastAt(LocalDateTime.ofInstant(range.end().minusMillis(1), zone));
  }
}
