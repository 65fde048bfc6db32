package io.tenure.experiment.domain.analysis;

import io.tenure.statistics.effect.Comparison;
import io.tenure.statistics.effect.Direction;
import io.tenure.statistics.effect.Scale;
import io.tenure.statistics.effect.Welch;
import io.tenure.statistics.sample.Obstacle;
import io.tenure.statistics.sample.Sample;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One metric with what the arms did on it.
 *
 * @param name of the metric
 * @param scale effects are told on
 * @param direction which way is good
 * @param weight its share of the family's error against other metrics'
 * @param margin the greatest loss that is accepted; makes it a guardrail
 * @param adjustment how covariates are used
 * @param arms samples by now, the control's first
 * @param earlier the same at earlier looks, the oldest first; empty when they were forgotten
 * @param units of all arms at each look, where they are the metric's own because some units were
 *     too young to be measured; null for the design's
 */
public record MetricSamples(
    String name,
    Scale scale,
    Direction direction,
    double weight,
    @Nullable Double margin,
    Adjustment adjustment,
    List<Sample> arms,
    List<List<Sample>> earlier,
    @Nullable List<Long> units) {

  /** Copies the lists. */
  public MetricSamples {
    arms = List.copyOf(arms);
    earlier = List.copyOf(earlier);
    units = units == null ? null : List.copyOf(units);
  }

  /** The design as this metric goes through it. */
  Judge judged(Judge design) {
    return units == null ? design : design.at(units);
  }

  /** An arm against the control at each look, the latest last. */
  List<Comparison> comparisons(int arm, int looks) {
    List<Comparison> comparisons = new ArrayList<>();
    for (int look = 0; look < looks - 1; look++) {
      comparisons.add(
          earlier.isEmpty()
              ? new Comparison.Incomparable(new Obstacle.TooFewUnits(0, 2))
              : adjustment.compare(earlier.get(look), arm));
    }
    comparisons.add(latest(arm));
    return comparisons;
  }

  /** The comparison of an arm with the control at the latest look. */
  public Comparison latest(int arm) {
    return adjustment.compare(arms, arm);
  }

  /** The comparison at the latest look without covariates. */
  Comparison unadjusted(int arm) {
    return Welch.compare(arms.get(arm), arms.getFirst());
  }

  boolean isAdjusted() {
    return adjustment.uses(arms.getFirst());
  }
}
