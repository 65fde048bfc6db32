package io.tenure.experiment.domain.serving;

import io.tenure.evaluator.Kept;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.tenancy.ProjectId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Kept variants without a store; it can be away, and somebody else can be faster. */
public final class InMemoryKeptVariants implements KeptVariants {

  private record Place(ProjectId project, Unit unit, String split) {}

  private record Entry(Kept kept, Instant time) {}

  private final Clock clock;
  private final Map<Place, Entry> entries = new LinkedHashMap<>();
  private boolean readable = true;
  private boolean writable = true;
  private Runnable beforeKeeping = () -> {};
  private int reads;
  private int writes;
  private int renewals;

  /** None yet. */
  public InMemoryKeptVariants(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Map<Unit, Map<String, Kept>> find(
      ProjectId project, Collection<Unit> units, boolean renewing) {
    reads++;
    renewals += renewing ? 1 : 0;
    require(readable);
    Map<Unit, Map<String, Kept>> found = new HashMap<>();
    entries.forEach(
        (place, entry) -> {
          if (place.project().equals(project) && units.contains(place.unit())) {
            found
                .computeIfAbsent(place.unit(), _ -> new HashMap<>())
                .put(place.split(), entry.kept());
          }
        });
    return found;
  }

  @Override
  public Map<Unit, Map<String, Kept>> keep(ProjectId project, Map<Unit, Map<String, Kept>> wanted) {
    writes++;
    require(writable);
    beforeKeeping.run();
    Map<Unit, Map<String, Kept>> now = new HashMap<>();
    wanted.forEach(
        (unit, splits) ->
            splits.forEach(
                (split, kept) -> {
                  Place place = new Place(project, unit, split);
                  Entry entry = new Entry(kept, clock.instant());
                  Entry before = entries.putIfAbsent(place, entry);
                  now.computeIfAbsent(unit, _ -> new HashMap<>())
                      .put(split, (before == null ? entry : before).kept());
                }));
    return now;
  }

  @Override
  public List<KeptRecord> records(ProjectId project, Collection<Unit> units, Instant before) {
    List<KeptRecord> records = new ArrayList<>();
    entries.forEach(
        (place, entry) -> {
          if (isMeant(place, entry, project, units, before)) {
            records.add(new KeptRecord(place.unit(), place.split(), entry.kept(), entry.time()));
          }
        });
    return records;
  }

  @Override
  public void forget(ProjectId project, Collection<Unit> units, Instant before) {
    entries
        .entrySet()
        .removeIf(one -> isMeant(one.getKey(), one.getValue(), project, units, before));
  }

  private static boolean isMeant(
      Place place, Entry entry, ProjectId project, Collection<Unit> units, Instant before) {
    return place.project().equals(project)
        && units.contains(place.unit())
        && entry.time().isBefore(before);
  }

  private static void require(boolean answering) {
    if (!answering) {
      throw Failure.unavailable("Nobody answers", Duration.ofSeconds(1));
    }
  }

  /** Keeps something as another replica does. */
  void put(ProjectId project, Unit unit, String split, Kept kept) {
    entries.putIfAbsent(new Place(project, unit, split), new Entry(kept, clock.instant()));
  }

  /** What is kept for a unit. */
  Map<String, Kept> of(ProjectId project, Unit unit) {
    return find(project, List.of(unit), false).getOrDefault(unit, Map.of());
  }

  void answering(boolean toReads, boolean toWrites) {
    readable = toReads;
    writable = toWrites;
  }

  /** What happens between a decision and its being kept. */
  void beforeKeeping(Runnable happening) {
    beforeKeeping = happening;
  }

  int reads() {
    return reads;
  }

  int writes() {
    return writes;
  }

  int renewals() {
    return renewals;
  }
}
