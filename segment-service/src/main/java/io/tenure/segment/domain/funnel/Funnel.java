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
   * @param users users who did it
   * @param attempts attempts that did it
   * @param before attempts that did the last required step before; for the first step its own
   * @param entered attempts that did the first step
   * @param lostUsers users of attempts that stopped before it
   * @param medianTime median time from the step done before; null for the first step or without any
   */
  public record Step(
      String name,
      long users,
      long attempts,
      long before,
      long entered,
      long lostUsers,
      @Nullable Duration medianTime) {

    /** Share of the attempts that did the last required step before; 0 when there were none. */
    public double stepRate() {
      return before == 0 ? 0 : (double) attempts / before;
    }

    /** Share of the attempts that entered; 0 when there were none. */
    public double totalRate() {
      return entered == 0 ? 0 : (double) attempts / entered;
    }
  }
}
