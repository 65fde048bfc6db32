package io.tenure.segment.domain.funnel;

import io.tenure.segment.domain.funnel.FunnelTally.Marks;
import io.tenure.segment.domain.journey.Journey;
import io.tenure.segment.domain.tally.ByValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Attempts by the value of a breakdown. Where a user has attempts with several values, each value
 * has the user; all values that are not shown have the user once together.
 */
final class FunnelValues {

  private final FunnelQuery query;
  private final Breakdown breakdown;
  private final ByValue<FunnelTally> values;
  private final Map<String, FunnelTally> touched = new LinkedHashMap<>();

  /** What each user did who has several values. */
  private final List<Map<String, Marks>> several = new ArrayList<>();

  FunnelValues(FunnelQuery query, Breakdown breakdown) {
    this.query = query;
    this.breakdown = breakdown;
    this.values = new ByValue<>(breakdown.limit(), () -> new FunnelTally(query));
  }

  void add(long user, Attempt attempt, Journey journey) {
    int event = breakdown.eventOf(attempt);
    String value = event == Attempt.NOT_DONE ? "" : journey.text(0, event);
    FunnelTally tally = values.get(value);
    tally.add(user, attempt);
    touched.put(value, tally);
  }

  void endUser() {
    if (touched.size() > 1) {
      several.add(
          touched.entrySet().stream()
              .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().marks())));
    }
    touched.values().forEach(FunnelTally::endUser);
    touched.clear();
  }

  /** Offers the user at hand, who may be behind a number of each of their values. */
  void offer(ByValue.Choice choice, long user, FunnelCell cell) {
    touched.forEach(
        (value, tally) -> choice.add(value, tally.entries(), user, tally.isBehind(cell)));
  }

  Funnel.Values result() {
    List<Map.Entry<String, FunnelTally>> shown = values.shown(FunnelTally::entered);
    return new Funnel.Values(
        shown.stream()
            .map(entry -> new Funnel.Value(Journey.read(entry.getKey()), entry.getValue().steps()))
            .toList(),
        others(shown.stream().map(Map.Entry::getKey).collect(Collectors.toSet())),
        values.size());
  }

  private @Nullable List<Funnel.Step> others(Set<String> shown) {
    List<FunnelTally> tallies = values.others(FunnelTally::entered);
    if (tallies.isEmpty()) {
      return null;
    }
    FunnelTally others = new FunnelTally(query);
    tallies.forEach(others::merge);
    for (Map<String, Marks> marks : several) {
      others.countOnce(
          marks.keySet().stream()
              .filter(value -> !shown.contains(value))
              .map(value -> Objects.requireNonNull(marks.get(value)))
              .toList());
    }
    return others.steps();
  }
}
