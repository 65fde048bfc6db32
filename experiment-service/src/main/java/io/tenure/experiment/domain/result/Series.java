package io.tenure.experiment.domain.result;

import io.tenure.experiment.domain.analysis.Analysis.Glimpse;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One metric at every look.
 *
 * @param metric its key
 * @param points the oldest first
 */
public record Series(String metric, List<Point> points) {

  /** Copies the list. */
  public Series {
    points = List.copyOf(points);
  }

  /**
   * One look.
   *
   * @param units of all arms by then
   * @param effects of the treatments that have one, by name
   */
  public record Point(Instant time, long units, Map<String, Glimpse> effects) {}
}
