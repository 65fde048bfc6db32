package io.tenure.segment.domain.arm;

import io.tenure.segment.domain.journey.Journey;
import io.tenure.statistics.sample.Cap;
import io.tenure.statistics.sample.CapRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Finds where values are cut: at a quantile of the units of all arms together at the last look. One
 * for each arm would hide an effect on great values.
 */
final class CapSearch {

  private final ArmQuery query;
  private final ArmMetric metric;
  private final Set<String> arms = new HashSet<>();
  private final long last;
  private final List<SortedMap<Double, Long>> histograms = new ArrayList<>();

  CapSearch(ArmQuery query, ArmMetric metric) {
    this.query = query;
    this.metric = metric;
    query.arms().forEach(arm -> arms.add(Journey.written(arm)));
    this.last = query.lastLook().toEpochMilli();
    for (int i = 0; i < metric.components() * (query.hasCovariate() ? 2 : 1); i++) {
      histograms.add(new TreeMap<>());
    }
  }

  void add(Unit unit) {
    if (arms.contains(unit.arm()) && unit.exposed() < last) {
      double[][] numbers = unit.numbers(query.hasCovariate());
      for (int i = 0; i < histograms.size(); i++) {
        // Covariates repeat the numbers, and belong to units of the same age.
        Duration age = metric.age(i % metric.components());
        if (metric.since(unit) + age.toMillis() <= last) {
          histograms.get(i).merge(numbers[numbers.length - 1][i], 1L, Long::sum);
        }
      }
    }
  }

  /** One for each number of a unit. */
  List<Cap> caps() {
    CapRule rule = CapRule.above(metric.capQuantile());
    return histograms.stream().map(rule::cap).toList();
  }
}
