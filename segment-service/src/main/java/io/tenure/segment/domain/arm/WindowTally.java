package io.tenure.segment.domain.arm;

import io.tenure.statistics.sample.Cap;
import io.tenure.statistics.sample.MeanSample;
import io.tenure.statistics.sample.Moments;
import io.tenure.statistics.sample.MomentsBuilder;
import io.tenure.statistics.sample.RatioSample;
import io.tenure.statistics.sample.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Adds up what units did in windows after their first exposure. Numbers of one unit's windows come
 * together, since they depend on each other: who buys much on the first day does so on the tenth.
 */
final class WindowTally {

  private final ArmQuery query;
  private final ArmMetric metric;
  private final long look;

  /** By arm, then by how many windows have ended for a unit. */
  private final List<List<MomentsBuilder>> builders = new ArrayList<>();

  private WindowTally(ArmQuery query, ArmMetric metric) {
    this.query = query;
    this.metric = metric;
    this.look = query.lastLook().toEpochMilli();
    for (int arm = 0; arm < query.arms().size(); arm++) {
      List<MomentsBuilder> byAge = new ArrayList<>();
      for (int ended = 1; ended <= metric.windowEnds().size(); ended++) {
        byAge.add(new MomentsBuilder(ended * metric.width()));
      }
      builders.add(byAge);
    }
  }

  /** A tally for a query; null where nothing is told by windows. */
  static @Nullable WindowTally of(ArmQuery query) {
    ArmMetric metric = query.metric();
    return metric == null || metric.windowEnds().isEmpty() ? null : new WindowTally(query, metric);
  }

  /**
   * Adds a unit.
   *
   * @param numbers of each window, the first one first
   */
  void add(int arm, Unit unit, double[] numbers) {
    int ended = 0;
    while (ended < metric.windowEnds().size()
        && metric.since(unit) + metric.windowEnds().get(ended).toMillis() <= look) {
      ended++;
    }
    if (ended > 0) {
      builders.get(arm).get(ended - 1).add(latestFirst(numbers, ended));
    }
  }

  /**
   * What they did.
   *
   * @param caps for each number of a unit; empty for none
   */
  List<Arms.Window> result(List<Cap> caps) {
    List<Arms.Window> windows = new ArrayList<>();
    for (int window = 0; window < metric.windowEnds().size(); window++) {
      List<Arms.Sums> sums = new ArrayList<>();
      for (int arm = 0; arm < builders.size(); arm++) {
        Moments moments = moments(arm, window + 1);
        sums.add(new Arms.Sums(query.arms().get(arm), moments.count(), sample(moments)));
      }
      ArmMetric.Window asked = metric.windows().get(window);
      windows.add(
          new Arms.Window(
              asked.from(),
              Objects.requireNonNull(asked.to()),
              sums,
              caps.isEmpty() || sums.stream().allMatch(of -> of.units() == 0)
                  ? null
                  : caps.get(window * metric.width()).high()));
    }
    return windows;
  }

  private double[] latestFirst(double[] numbers, int ended) {
    int width = metric.width();
    double[] turned = new double[ended * width];
    for (int window = 0; window < ended; window++) {
      System.arraycopy(numbers, window * width, turned, (ended - 1 - window) * width, width);
    }
    return turned;
  }

  /** The first windows of all units for which they have ended. */
  private Moments moments(int arm, int windows) {
    int width = metric.width();
    Moments all = Moments.empty(windows * width);
    for (int ended = windows; ended <= metric.windowEnds().size(); ended++) {
      Moments some = builders.get(arm).get(ended - 1).build();
      all = all.merge(some.part((ended - windows) * width, ended * width));
    }
    return all;
  }

  private Sample sample(Moments moments) {
    return metric.width() == 2 ? new RatioSample(moments) : new MeanSample(moments);
  }
}
