package io.tenure.segment.domain.arm;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.domain.analysis.Model;
import io.tenure.segment.domain.journey.Journey;
import io.tenure.segment.domain.journey.Journeys;
import io.tenure.statistics.sample.Cap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Answers what the arms of an experiment did. */
public final class ArmComparison implements Model<ArmQuery, Arms, ArmCell> {

  /** Units of several users are kept until all are read. */
  private static final int MOST_SHARED_UNITS = 1_000_000;

  private final Journeys journeys;

  /** Comparisons over the given journeys. */
  public ArmComparison(Journeys journeys) {
    this.journeys = journeys;
  }

  @Override
  public Arms run(ProjectId project, ArmQuery query, Instant now) {
    ArmTally tally = new ArmTally(query, caps(project, query));
    units(project, query, tally::add);
    return tally.result();
  }

  @Override
  public long[] users(ProjectId project, ArmQuery query, ArmCell cell, Instant now) {
    Map<Long, Unit> unitOf = new HashMap<>();
    UnitFold fold = new UnitFold(query);
    Map<String, Unit> shared = new HashMap<>();
    scan(
        project,
        query,
        journey -> {
          Unit unit = fold.fold(journey);
          if (unit != null) {
            unitOf.put(
                journey.user(),
                query.unitProperty() == null ? unit : join(shared, fold.id(journey), unit));
          }
        });
    long last = query.lastLook().toEpochMilli();
    List<String> arms = new ArrayList<>();
    (cell.arm().isEmpty() ? query.arms() : List.of(cell.arm()))
        .forEach(arm -> arms.add(Journey.written(arm)));
    return unitOf.entrySet().stream()
        .filter(
            entry ->
                arms.contains(entry.getValue().arm())
                    && entry.getValue().exposed() < last
                    && (!cell.mixed() || entry.getValue().mixed() < last))
        .mapToLong(Map.Entry::getKey)
        .sorted()
        .toArray();
  }

  private List<Cap> caps(ProjectId project, ArmQuery query) {
    ArmMetric metric = query.metric();
    if (metric == null || metric.capQuantile() == 1) {
      return List.of();
    }
    CapSearch search = new CapSearch(query, metric);
    units(project, query, search::add);
    return search.caps();
  }

  private void units(ProjectId project, ArmQuery query, Consumer<Unit> taker) {
    UnitFold fold = new UnitFold(query);
    if (query.unitProperty() == null) {
      scan(
          project,
          query,
          journey -> {
            Unit unit = fold.fold(journey);
            if (unit != null) {
              taker.accept(unit);
            }
          });
      return;
    }
    Map<String, Unit> shared = new HashMap<>();
    Map<String, Sighting> seen = new HashMap<>();
    scan(
        project,
        query,
        journey -> {
          Unit unit = fold.fold(journey);
          if (unit != null) {
            join(shared, fold.id(journey), unit);
          }
          fold.sightings(journey, (id, sighting) -> see(seen, id, sighting));
        });
    seen.forEach(
        (id, sighting) -> {
          Unit unit = shared.get(id);
          if (unit != null) {
            unit.tell(sighting.arm());
          }
        });
    shared.values().forEach(taker);
  }

  private static void see(Map<String, Sighting> seen, String id, Sighting sighting) {
    seen.merge(id, sighting, Sighting::earlier);
    requireFew(seen.size());
  }

  private void scan(ProjectId project, ArmQuery query, Journeys.Visitor visitor) {
    journeys.scan(project, query.journeys(), List.of(), visitor);
  }

  private static Unit join(Map<String, Unit> shared, String id, Unit unit) {
    Unit known = shared.putIfAbsent(id, unit);
    if (known != null) {
      known.join(unit);
      return known;
    }
    requireFew(shared.size());
    return unit;
  }

  private static void requireFew(int units) {
    if (units > MOST_SHARED_UNITS) {
      throw Failure.of(
          Reason.RESOURCE_EXHAUSTED,
          "There are more than " + MOST_SHARED_UNITS + " units of several users");
    }
  }
}
