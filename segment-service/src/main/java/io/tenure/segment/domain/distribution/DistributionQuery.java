package io.tenure.segment.domain.distribution;

import io.tenure.condition.domain.EventSelector;
import io.tenure.segment.domain.analysis.Periods;
import io.tenure.segment.domain.analysis.Question;
import io.tenure.segment.domain.analysis.Scope;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks how users differ in what they do.
 *
 * @param frame measures each user once in each of its periods; null for once over the whole range
 * @param bounds where buckets begin, ascending; empty for the usual ones
 * @param cumulative whether a bucket also counts the users of all higher ones
 * @param withInactive whether the users who did nothing are counted too
 */
public record DistributionQuery(
    Scope scope,
    EventSelector selector,
    UserMeasure measure,
    @Nullable Periods frame,
    List<BigDecimal> bounds,
    boolean cumulative,
    boolean withInactive)
    implements Question {

  private static final int MAX_BOUNDS = 100;
  private static final int MAX_FRAMES = 400;

  /** Accepts up to 100 ascending bounds and 400 frames. */
  public DistributionQuery {
    bounds = List.copyOf(bounds);
    if (bounds.size() > MAX_BOUNDS) {
      throw new IllegalArgumentException("There are at most " + MAX_BOUNDS + " bounds");
    }
    for (int bound = 1; bound < bounds.size(); bound++) {
      if (bounds.get(bound - 1).compareTo(bounds.get(bound)) >= 0) {
        throw new IllegalArgumentException("The bounds must ascend");
      }
    }
    if (frame != null && scope.lastPeriod(frame) - (long) scope.firstPeriod(frame) >= MAX_FRAMES) {
      throw new IllegalArgumentException("The range has more than " + MAX_FRAMES + " frames");
    }
  }

  /** Number of the first frame. */
  public int firstFrame() {
    return frame == null ? 0 : scope.firstPeriod(frame);
  }

  /** How many frames there are. */
  public int frames() {
    return frame == null ? 1 : Math.max(0, scope.lastPeriod(frame) - firstFrame() + 1);
  }
}
