package io.tenure.segment.domain.cohort;

import io.tenure.segment.domain.journey.Journey;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Folds the events of a user into stays. When a property is held the events are taken apart by its
 * value first, and those without one left out.
 */
final class StayFold {

  private final CohortQuery query;
  private final Consumer<Stay> consumer;
  private final List<StartedJourney> parts = new ArrayList<>();
  private long user;

  StayFold(CohortQuery query, Consumer<Stay> consumer) {
    this.query = query;
    this.consumer = consumer;
  }

  void visit(Journey journey) {
    user = journey.user();
    parts.clear();
    if (query.held() == null) {
      parts.add(new StartedJourney(query, journey));
    } else {
      journey.apart().forEach(part -> parts.add(new StartedJourney(query, part)));
    }
    if (query.cohorting() == Cohorting.EVERY_PERIOD) {
      everyPeriod();
    } else {
      firstOnly();
    }
  }

  private void everyPeriod() {
    SortedMap<Integer, List<Start>> cohorts = new TreeMap<>();
    for (StartedJourney part : parts) {
      part.starts()
          .forEach(
              (cohort, start) ->
                  cohorts.computeIfAbsent(cohort, _ -> new ArrayList<>()).add(start));
    }
    cohorts.forEach((_, starts) -> stay(starts));
  }

  /** Of all journeys only the starts of the first instant count. */
  private void firstOnly() {
    long first = Long.MAX_VALUE;
    List<Start> starts = new ArrayList<>();
    for (StartedJourney part : parts) {
      first = Math.min(first, part.firstMillis());
    }
    for (StartedJourney part : parts) {
      @Nullable Start start = part.startAt(first);
      if (start != null) {
        starts.add(start);
      }
    }
    if (!starts.isEmpty()) {
      stay(starts);
    }
  }

  /** A stay whose value is that of the earliest start; of several at one instant the least. */
  private void stay(List<Start> starts) {
    Start earliest = starts.getFirst();
    for (Start start : starts) {
      int order = Long.compare(start.millis(), earliest.millis());
      if (order < 0 || (order == 0 && start.value().compareTo(earliest.value()) < 0)) {
        earliest = start;
      }
    }
    consumer.accept(
        new Stay(
            user, earliest.cohort(), earliest.value(), starts.stream().map(Start::steps).toList()));
  }

  /**
   * The start of a journey in one cohort.
   *
   * @param value as a journey's column writes it
   */
  record Start(StartedJourney journey, int cohort, int event, long millis, String value) {

    Steps steps() {
      return journey.steps(this);
    }
  }
}
