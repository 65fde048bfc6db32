package io.tenure.statistics.effect;

import io.tenure.statistics.sample.Moments;
import io.tenure.statistics.sample.MomentsBuilder;
import io.tenure.statistics.sample.Obstacle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Compares times instead of users, where users share a market and one's treatment is another's
 * surprise. Time is cut into periods, each wholly in one arm; periods of one block (a weekday, a
 * pair of neighbours) are compared with each other only, and the blocks' differences are the units
 * of a paired t-test.
 *
 * <p>What is measured soon after a switch still belongs to the arm before; the first periods of an
 * arm are left out as a burn-in (Hu and Wager, Switchback Experiments under Geometric Mixing, arXiv
 * 2209.00197, section 3: difference in means with burn-in periods).
 *
 * @param burnIn periods to leave out after each switch
 */
public record Switchback(int burnIn) {

  /** Accepts none or some periods. */
  public Switchback {
    if (burnIn < 0) {
      throw new IllegalArgumentException("A burn-in has no negative length: " + burnIn);
    }
  }

  /**
   * One period.
   *
   * @param index its place in time; consecutive periods follow each other by one
   * @param block what it is compared within
   * @param treated whether it was in the treatment arm
   * @param value its measure
   */
  public record Period(long index, long block, boolean treated, double value) {}

  /** Compares the arms over all blocks in which both are left after the burn-in. */
  public Comparison compare(List<Period> periods) {
    MomentsBuilder blocks = new MomentsBuilder(2);
    for (Block block : settled(periods).values()) {
      if (block.isComplete()) {
        blocks.add(block.difference(), block.control());
      }
    }
    Moments moments = blocks.build();
    if (moments.count() < 2) {
      return new Comparison.Incomparable(new Obstacle.TooFewUnits(moments.count(), 2));
    }
    double count = moments.count();
    return Difference.of(
        moments.mean(0),
        moments.variance(0) / count,
        count - 1,
        moments.count(),
        new Baseline(
            moments.mean(1), moments.variance(1) / count, moments.covariance(0, 1) / count));
  }

  private SortedMap<Long, Block> settled(List<Period> periods) {
    SortedMap<Long, Period> timeline = new TreeMap<>();
    for (Period period : periods) {
      if (timeline.put(period.index(), period) != null) {
        throw new IllegalArgumentException("Two periods at one time: " + period.index());
      }
    }
    SortedMap<Long, Block> blocks = new TreeMap<>();
    for (Map.Entry<Long, Period> entry : timeline.entrySet()) {
      Period period = entry.getValue();
      if (isSettled(timeline, period)) {
        blocks.computeIfAbsent(period.block(), _ -> new Block()).add(period);
      }
    }
    return blocks;
  }

  /** Whether no period within the burn-in before this one was in the other arm. */
  private boolean isSettled(SortedMap<Long, Period> timeline, Period period) {
    return timeline.subMap(period.index() - burnIn, period.index()).values().stream()
        .allMatch(before -> before.treated() == period.treated());
  }

  private static final class Block {

    private final List<Double> treated = new ArrayList<>();
    private final List<Double> untreated = new ArrayList<>();

    void add(Period period) {
      (period.treated() ? treated : untreated).add(period.value());
    }

    boolean isComplete() {
      return !treated.isEmpty() && !untreated.isEmpty();
    }

    double control() {
      return mean(untreated);
    }

    double difference() {
      return mean(treated) - control();
    }

    private static double mean(List<Double> values) {
      return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }
  }
}
