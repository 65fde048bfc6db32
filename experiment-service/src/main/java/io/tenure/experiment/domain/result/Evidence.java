package io.tenure.experiment.domain.result;

import io.tenure.experiment.domain.metric.Metric;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything an answer about a run is made of.
 *
 * @param basis which numbers it rests on
 * @param arms names of the arms, the control first
 * @param units of the arms at each look, and last as of now
 * @param goals metrics that decide
 * @param guardrails metrics that must not get worse
 */
record Evidence(
    Basis basis,
    List<String> arms,
    ArmSource.Arms units,
    List<Measured> goals,
    List<Measured> guardrails) {

  /**
   * A metric with what the arms did.
   *
   * @param margin the loss that can be borne; null for goals
   * @param arms null before the first look
   */
  record Measured(Metric metric, @Nullable Double margin, ArmSource.@Nullable Arms arms) {}

  /** The arms as of now. */
  ArmSource.Look latest() {
    return units.looks().getLast();
  }

  /** The weight of each arm. */
  double[] weights() {
    return arms.stream()
        .mapToDouble(
            arm ->
                basis.design().arms().stream()
                    .filter(share -> share.variant().equals(arm))
                    .findFirst()
                    .orElseThrow()
                    .weight())
        .toArray();
  }
}
