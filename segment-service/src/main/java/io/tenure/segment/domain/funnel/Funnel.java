package io.tenure.segment.domain.funnel;

import io.tenure.segment.domain.analysis.Freshness;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far users got. */
public record Funnel(List<Step> steps, Freshness freshness) {

  /**
   * How one step did.
   *
   * @param users users who reached it
   * @param before users who reached the step before; for the first step the same as {@code users}
   * @param entered users who reached the first step
   * @param medianTime median time from the step before; null for the first step or without users
   */
  public record Step(
      String name, long users, long before, long entered, @Nullable Duration medianTime) {

    /** Share of those who reached the step before; 0 when there were none. */
    public double stepRate() {
      return before == 0 ? 0 : (double) users / before;
    }

    /** Share of those who entered; 0 when there were none. */
    public double totalRate() {
      return entered == 0 ? 0 : (double) users / entered;
    }

    /** Users who reached the step before and not this one. */
    public long lostUsers() {
      return before - users;
    }
  }
}
