package io.tenure.collector.domain.arrivals;

import io.tenure.collector.domain.dialect.Draft;
import io.tenure.collector.domain.intake.IntakeObserver;
import io.tenure.collector.domain.intake.StepOutcome;
import io.tenure.collector.domain.log.Outcome;
import io.tenure.collector.domain.record.Identity;
import io.tenure.collector.domain.record.QuarantineContext;
import io.tenure.collector.domain.record.Verdict;
import io.tenure.platform.tenancy.ProjectId;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Looks over the intake's shoulder for watched ids. It holds what it saw until somebody carries it
 * away; when nobody does, it forgets, since events matter and this view does not.
 */
public final class ArrivalWatch implements IntakeObserver {

  private static final int MOST_HELD = 1_000;
  private static final int LARGEST_SHOWN = 32 * 1024;

  /** Fields in which the protocols carry ids. */
  private static final List<String> ID_FIELDS =
      List.of(
          "distinct_id",
          "login_id",
          "anonymous_id",
          "original_id",
          "userId",
          "anonymousId",
          "previousId");

  private final Arrivals arrivals;
  private final Clock clock;
  private final BlockingQueue<Seen> held = new ArrayBlockingQueue<>(MOST_HELD);
  private volatile Map<WatchedId, Instant> watched = Map.of();
  private volatile Set<ProjectId> projects = Set.of();

  private record Seen(WatchedId id, ArrivedRecord record) {}

  /** Watches what all collectors watch. */
  public ArrivalWatch(Arrivals arrivals, Clock clock) {
    this.arrivals = arrivals;
    this.clock = clock;
  }

  /**
   * Learns what is watched now and carries away what was seen.
   *
   * @throws io.tenure.platform.failure.Failure when the store is away; watching goes on until each
   *     watch ends
   */
  public void exchange() {
    Instant now = clock.instant();
    try {
      watched = arrivals.watched(now);
    } finally {
      watched =
          watched.entrySet().stream()
              .filter(watch -> watch.getValue().isAfter(now))
              .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
      projects =
          watched.keySet().stream().map(WatchedId::project).collect(Collectors.toUnmodifiableSet());
    }
    List<Seen> seen = new ArrayList<>();
    held.drainTo(seen);
    seen.forEach(one -> arrivals.add(one.id(), one.record()));
  }

  @Override
  public boolean watches(ProjectId project) {
    return projects.contains(project);
  }

  @Override
  public void judged(Draft draft, List<StepOutcome> steps, Verdict verdict, Outcome outcome) {
    Set<String> ids = ids(draft, verdict);
    for (String id : ids) {
      WatchedId watch = new WatchedId(draft.project(), id);
      if (watched.containsKey(watch)) {
        // Full means that nobody carries away; what is new is then lost.
        boolean kept = held.offer(new Seen(watch, arrived(draft, steps, outcome)));
        if (!kept) {
          return;
        }
      }
    }
  }

  private static Set<String> ids(Draft draft, Verdict verdict) {
    Set<String> ids = new HashSet<>();
    if (verdict instanceof Verdict.Accept accept) {
      Identity identity = accept.accepted().source().identity();
      ids.add(identity.loginId());
      ids.add(identity.anonymousId());
    }
    ID_FIELDS.forEach(field -> add(draft.fields().get(field), ids));
    if (draft.fields().get("identities") instanceof Map<?, ?> identities) {
      identities.values().forEach(value -> add(value, ids));
    }
    return ids;
  }

  private static void add(@Nullable Object value, Set<String> ids) {
    if (value instanceof String || value instanceof Long) {
      ids.add(value.toString());
    }
  }

  private static ArrivedRecord arrived(Draft draft, List<StepOutcome> steps, Outcome outcome) {
    boolean refused = outcome instanceof Outcome.Refused;
    QuarantineContext known = draft.context();
    return new ArrivedRecord(
        draft.receiveTime(),
        draft.dialect().label(),
        refused ? "" : known.library(),
        refused ? "" : known.eventName(),
        steps.stream().map(ArrivalWatch::step).toList(),
        switch (outcome) {
          case Outcome.Accepted accepted -> "accepted";
          case Outcome.Duplicate duplicate -> "duplicate";
          case Outcome.Quarantined quarantined -> "quarantined";
          case Outcome.Refused nothing -> "refused";
        },
        switch (outcome) {
          case Outcome.Accepted accepted -> "";
          case Outcome.Duplicate duplicate -> "";
          case Outcome.Quarantined quarantined -> quarantined.reason().name();
          case Outcome.Refused why -> why.reason().name();
        },
        outcome instanceof Outcome.Quarantined quarantined ? quarantined.detail() : "",
        refused || draft.original().size() > LARGEST_SHOWN
            ? ""
            : new String(draft.original().bytes(), StandardCharsets.UTF_8));
  }

  private static ArrivedRecord.Step step(StepOutcome step) {
    return new ArrivedRecord.Step(
        step.step().label(), step.result().label(), step.reason(), step.detail());
  }
}
