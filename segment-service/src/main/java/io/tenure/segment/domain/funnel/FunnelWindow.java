package io.tenure.segment.domain.funnel;

import io.tenure.condition.domain.Condition;
import io.tenure.segment.domain.analysis.SessionRule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/** How long an attempt may take. */
public sealed interface FunnelWindow {

  /**
   * The last instant of an attempt, in milliseconds. A later entry never has an earlier last
   * instant, which the folds rely on.
   */
  long lastMillis(long entry);

  /** The last instant that any attempt entered before {@code end} can reach. */
  Instant latest(Instant end);

  /** A length of time, inclusive; seconds are seconds, also when clocks change. */
  record Within(Duration length) implements FunnelWindow {
    /** Accepts 1 millisecond to 366 days. */
    public Within {
      if (length.toMillis() < 1 || length.compareTo(Condition.MAX_WITHIN) > 0) {
        throw new IllegalArgumentException("The window must be from 1 millisecond to 366 days");
      }
    }

    @Override
    public long lastMillis(long entry) {
      return entry + length.toMillis();
    }

    @Override
    public Instant latest(Instant end) {
      return end.plus(length);
    }
  }

  /** The rest of the session in which the attempt entered. */
  record Session(SessionRule rule) implements FunnelWindow {
    @Override
    public long lastMillis(long entry) {
      return Long.MAX_VALUE;
    }

    @Override
    public Instant latest(Instant end) {
      return end.plus(rule.longest());
    }
  }

  /** The rest of the calendar day on which the attempt entered; it may last 23 or 25 hours. */
  record SameDay(ZoneId zone) implements FunnelWindow {
    @Override
    public long lastMillis(long entry) {
      return endOfDay(Instant.ofEpochMilli(entry)).toEpochMilli() - 1;
    }

    @Override
    public Instant latest(Instant end) {
      return endOfDay(end.minusMillis(1));
    }

    private Instant endOfDay(Instant time) {
      return time.atZone(zone).toLocalDate().plusDays(1).atStartOfDay(zone).toInstant();
    }
  }
}
