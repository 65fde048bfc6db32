package io.tenure.profile.domain.erasure;

import io.tenure.platform.tenancy.ProjectId;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Erases again who was erased before and is there again, because stores were restored from a time
 * when they still were. Tombstones outlive the stores, and tell it. May be repeated at any time.
 */
public final class Reapplying {

  private static final String AUTHOR = "restore";

  private final Tombstones tombstones;
  private final Erasures erasures;
  private final People people;
  private final Clock clock;

  /** Who has a profile. */
  public interface People {

    /** Projects with tombstones. */
    List<ProjectId> buried();

    /** The numbers of all users with a durable profile. */
    Set<Long> numbers(ProjectId project);
  }

  /** A comparison of the given stores. */
  public Reapplying(Tombstones tombstones, Erasures erasures, People people, Clock clock) {
    this.tombstones = tombstones;
    this.erasures = erasures;
    this.people = people;
    this.clock = clock;
  }

  /**
   * Opens an erasure for each person who came back.
   *
   * @return how many
   */
  public int run() {
    Map<ProjectId, Set<Long>> underWay = new HashMap<>();
    for (Erasure open : erasures.open()) {
      underWay
          .computeIfAbsent(open.project(), project -> new HashSet<>())
          .addAll(open.userNumbers());
    }
    return people.buried().stream()
        .mapToInt(project -> run(project, underWay.getOrDefault(project, Set.of())))
        .sum();
  }

  private int run(ProjectId project, Set<Long> underWay) {
    Stones stones = tombstones.of(project);
    Map<String, Set<Long>> numbers = new TreeMap<>();
    Map<String, Stone> known = new TreeMap<>();
    for (long number : people.numbers(project)) {
      Optional<Stone> stone = underWay.contains(number) ? Optional.empty() : stones.of(number);
      stone.ifPresent(
          found -> {
            numbers.computeIfAbsent(found.erasureId(), id -> new TreeSet<>()).add(number);
            known.put(found.erasureId(), found);
          });
    }
    // As old as the first time: what came from the person later is a new person's.
    known.forEach(
        (erased, stone) ->
            erasures.save(
                Erasure.of(
                    id(),
                    project,
                    List.copyOf(numbers.getOrDefault(erased, Set.of())),
                    AUTHOR,
                    stone.time())));
    return known.size();
  }

  private String id() {
    return "%013d-%s".formatted(clock.millis(), UUID.randomUUID().toString().substring(0, 8));
  }
}
