package io.tenure.segment.domain.path;

import io.tenure.segment.domain.analysis.SessionRule;
import java.time.Duration;

/**
 * What belongs to one path. Sessions show what is done in one go; a window also shows journeys that
 * take days, which sessions would cut.
 */
public sealed interface PathCut {

  /** How far a path reaches at most. */
  Duration reach();

  /** Events of one session. */
  record Sessions(SessionRule rule) implements PathCut {
    @Override
    public Duration reach() {
      return rule.longest();
    }
  }

  /**
   * Events within a time of the one a path is anchored at.
   *
   * @param length inclusive, up to 366 days
   */
  record Window(Duration length) implements PathCut {

    private static final Duration MOST = Duration.ofDays(366);

    /** Accepts from a millisecond to 366 days. */
    public Window {
      if (length.toMillis() < 1 || length.compareTo(MOST) > 0) {
        throw new IllegalArgumentException("A window has from 1 millisecond to 366 days");
      }
    }

    @Override
    public Duration reach() {
      return length;
    }
  }
}
