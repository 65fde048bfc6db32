package io.tenure.segment.domain.arm;

import io.tenure.segment.domain.cohort.Parts;
import io.tenure.segment.domain.journey.Journey;
import io.tenure.segment.domain.tally.ByValue;
import io.tenure.statistics.sample.Cap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds up units by arm, look and slice. */
final class ArmTally {

  /** The arms at one look or of one slice. */
  private static final class Group {
    private final long[] units;
    private final List<SampleTally> tallies;

    private Group(ArmQuery query) {
      ArmMetric metric = query.metric();
      units = new long[query.arms().size()];
      tallies =
          metric == null || !metric.windowEnds().isEmpty()
              ? List.of()
              : query.arms().stream().map(_ -> SampleTally.of(query, metric)).toList();
    }

    private long all() {
      long all = 0;
      for (long of : units) {
        all += of;
      }
      return all;
    }

    private void add(Group other) {
      for (int arm = 0; arm < units.length; arm++) {
        units[arm] += other.units[arm];
      }
      for (int arm = 0; arm < tallies.size(); arm++) {
        tallies.get(arm).add(other.tallies.get(arm));
      }
    }

    private List<Arms.Sums> sums(List<String> arms, boolean measured) {
      List<Arms.Sums> sums = new ArrayList<>();
      for (int arm = 0; arm < units.length; arm++) {
        sums.add(
            new Arms.Sums(
                arms.get(arm),
                units[arm],
                measured && !tallies.isEmpty() ? tallies.get(arm).sample() : null));
      }
      return sums;
    }
  }

  private final ArmQuery query;
  private final List<Cap> caps;
  private final List<String> arms;
  private final long[] looks;
  private final long age;
  private final List<Group> groups;
  private final long[] mixed;
  private final long[] strangers;
  private final @Nullable ByValue<Group> values;
  private final @Nullable WindowTally windows;

  /**
   * @param caps for each number of a unit; empty for none
   */
  ArmTally(ArmQuery query, List<Cap> caps) {
    this.query = query;
    this.caps = caps;
    this.arms = query.arms().stream().map(Journey::written).toList();
    this.looks = query.looks().stream().mapToLong(Instant::toEpochMilli).toArray();
    this.age = query.metric() == null ? 0 : query.metric().age().toMillis();
    this.groups = query.looks().stream().map(_ -> new Group(query)).toList();
    this.mixed = new long[looks.length];
    this.strangers = new long[looks.length];
    this.values =
        query.valueLimit() == 0 ? null : new ByValue<>(query.valueLimit(), () -> new Group(query));
    this.windows = WindowTally.of(query);
  }

  void add(Unit unit) {
    int arm = arms.indexOf(unit.arm());
    double[][] numbers = unit.numbers(query.hasCovariate());
    int last = looks.length - 1;
    for (int look = 0; look <= last; look++) {
      if (unit.exposed() >= looks[look]) {
        continue;
      }
      if (arm < 0) {
        strangers[look]++;
        continue;
      }
      mixed[look] += unit.mixed() < looks[look] ? 1 : 0;
      cut(numbers[look]);
      add(groups.get(look), arm, unit, look, numbers[look]);
      if (look == last && values != null) {
        add(values.get(unit.value()), arm, unit, look, numbers[look]);
      }
      if (windows != null) {
        windows.add(arm, unit, numbers[look]);
      }
    }
  }

  private void add(Group group, int arm, Unit unit, int look, double[] numbers) {
    group.units[arm]++;
    if (!group.tallies.isEmpty() && unit.exposed() + age <= looks[look] && isMeasuredAt(look)) {
      group.tallies.get(arm).add(numbers, unit);
    }
  }

  /** A quantile is of values that are kept once, so it is told at the last look only. */
  private boolean isMeasuredAt(int look) {
    return look == looks.length - 1
        || !(query.metric() != null && query.metric().kind() instanceof ArmMetric.Quantile);
  }

  private void cut(double[] numbers) {
    for (int number = 0; number < caps.size(); number++) {
      numbers[number] = caps.get(number).apply(numbers[number]);
    }
  }

  Arms result() {
    List<Arms.Look> told = new ArrayList<>();
    for (int look = 0; look < looks.length; look++) {
      told.add(
          new Arms.Look(
              query.looks().get(look),
              groups.get(look).sums(query.arms(), isMeasuredAt(look)),
              mixed[look],
              strangers[look]));
    }
    return new Arms(
        told,
        slices(told.getLast().arms()),
        highs(),
        windows == null ? List.of() : windows.result(caps));
  }

  /** Windows have each their own. */
  private List<Double> highs() {
    ArmMetric metric = query.metric();
    return metric == null || caps.isEmpty() || windows != null
        ? List.of()
        : caps.stream().limit(metric.components()).map(Cap::high).toList();
  }

  private Parts<List<Arms.Sums>> slices(List<Arms.Sums> all) {
    if (values == null) {
      return new Parts<>(all, List.of(), null, 0);
    }
    List<Group> rest = values.others(Group::all);
    Group others = new Group(query);
    rest.forEach(others::add);
    return new Parts<>(
        all,
        values.shown(Group::all).stream()
            .map(
                entry ->
                    new Parts.Value<>(
                        Journey.read(entry.getKey()), entry.getValue().sums(query.arms(), true)))
            .toList(),
        rest.isEmpty() ? null : others.sums(query.arms(), true),
        values.size());
  }
}
