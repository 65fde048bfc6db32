package io.tenure.segment.domain.trend;

import io.tenure.platform.tenancy.ProjectId;
import java.util.Map;

/** Counts events and users per period. */
public interface TrendCounts {

  /** Counts what the query selects; duplicates count once. */
  Counts count(ProjectId project, TrendQuery query);

  /** The users behind a number, ascending. */
  long[] users(ProjectId project, TrendQuery query, TrendCell cell);

  /**
   * The counts.
   *
   * @param periods by period number; periods without events are missing
   * @param total over the whole range
   */
  record Counts(Map<Integer, Count> periods, Count total) {}

  /** Events and the different users who did them. */
  record Count(long events, long users) {
    /** Nothing. */
    public static final Count NONE = new Count(0, 0);
  }
}
