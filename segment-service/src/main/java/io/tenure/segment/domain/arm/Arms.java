package io.tenure.segment.domain.arm;

import io.tenure.segment.domain.analysis.Answer;
import io.tenure.segment.domain.analysis.Table;
import io.tenure.segment.domain.analysis.Table.Type;
import io.tenure.segment.domain.cohort.Parts;
import io.tenure.statistics.sample.ArmEstimate;
import io.tenure.statistics.sample.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the arms did.
 *
 * @param looks the oldest first
 * @param slices the arms at the last look, all units and those of each value
 * @param caps beyond which values were cut, for each of the metric's numbers; empty where none were
 * @param windows the arms at the last look in each window after the first exposure, the first one
 *     first
 */
public record Arms(
    List<Look> looks, Parts<List<Sums>> slices, List<Double> caps, List<Window> windows)
    implements Answer {

  /** Copies the lists. */
  public Arms {
    looks = List.copyOf(looks);
    caps = List.copyOf(caps);
    windows = List.copyOf(windows);
  }

  /**
   * All arms at a look.
   *
   * @param mixed units that saw several arms
   * @param strangers units whose first exposure names none of the arms
   */
  public record Look(Instant time, List<Sums> arms, long mixed, long strangers) {}

  /**
   * One arm.
   *
   * @param units exposed
   * @param sample what they did; null without a metric or without values
   */
  public record Sums(String arm, long units, @Nullable Sample sample) {}

  /**
   * All arms in a window.
   *
   * @param arms with the units that have been exposed until its end; covariates are their numbers
   *     in the windows before, the nearest first
   * @param cap beyond which values were cut; null where none were
   */
  public record Window(Duration from, Duration to, List<Sums> arms, @Nullable Double cap) {}

  @Override
  public Table table() {
    Table.Builder table =
        Table.builder()
            .column("look_time", Type.TEXT)
            .column("part", Type.TEXT)
            .column("value", Type.TEXT)
            .column("arm", Type.TEXT)
            .column("units", Type.COUNT)
            .column("measured_units", Type.COUNT)
            .column("estimate", Type.RATE)
            .column("standard_error", Type.RATE);
    for (Look look : looks) {
      rows(table, look.time(), "all", null, look.arms());
    }
    Instant last = looks.getLast().time();
    slices.each(
        (kind, value, arms) -> {
          if (arms != slices.all()) {
            rows(table, last, kind, value, arms);
          }
        });
    for (Window window : windows) {
      rows(table, last, "window", window.from() + "/" + window.to(), window.arms());
    }
    return table.build();
  }

  private static void rows(
      Table.Builder table, Instant look, String part, @Nullable String value, List<Sums> arms) {
    for (Sums arm : arms) {
      Sample sample = arm.sample();
      ArmEstimate estimate =
          sample == null || sample.obstacle().isPresent() ? null : sample.estimate();
      table.row(
          look.toString(),
          part,
          value,
          arm.arm(),
          arm.units(),
          sample == null ? null : sample.units(),
          estimate == null ? null : estimate.value(),
          estimate == null ? null : Math.sqrt(estimate.variance()));
    }
  }
}
