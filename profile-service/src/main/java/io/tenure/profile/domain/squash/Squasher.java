package io.tenure.profile.domain.squash;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.merge.Finality;
import io.tenure.profile.domain.merge.Merge;
import io.tenure.profile.domain.merge.UndoWindow;
import io.tenure.profile.domain.squash.Squash.Part;
import io.tenure.profile.domain.squash.Squash.State;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Squashes old merges. Nothing is remembered between two steps but what is written down, so whoever
 * finds a squash half done carries it on. At every moment a row counts once, for the same user: its
 * number is either the old one, whose override holds, or the survivor's.
 */
public final class Squasher {

  private final Squashes squashes;
  private final Finality finality;
  private final FinalNumbers finals;
  private final StoredNumbers stored;
  private final SquashTurns turns;
  private final Settings settings;
  private final Clock clock;

  /** Squashes over the given stores. */
  public Squasher(
      Squashes squashes,
      Finality finality,
      FinalNumbers finals,
      StoredNumbers stored,
      SquashTurns turns,
      Settings settings,
      Clock clock) {
    this.squashes = squashes;
    this.finality = finality;
    this.finals = finals;
    this.stored = stored;
    this.turns = turns;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * How it is done.
   *
   * @param window how long merges can be undone
   * @param settle how long what was on its way to the event store may take to arrive
   * @param size merges of one squash at most
   */
  public record Settings(UndoWindow window, Duration settle, int size) {}

  /** What a squash would do. */
  public record Preview(long merges, Map<String, Long> rows) {}

  /** Says what a squash would do now. */
  public Preview preview(ProjectId project) {
    List<Merge> merges = new ArrayList<>(finality.closed(project, settings.size()));
    merges.addAll(finality.ripe(project, horizon(), settings.size() - merges.size()));
    Map<Long, Long> moves = new FinalMoves(merges, finals.of(project)).ofRows();
    return new Preview(merges.size(), merges.isEmpty() ? Map.of() : stored.count(project, moves));
  }

  /**
   * Starts a squash, or returns the one under way.
   *
   * @throws Failure FAILED_PRECONDITION when there is nothing to do
   */
  public Squash start(ProjectId project, String author) {
    for (Squash open : squashes.open()) {
      if (open.project().equals(project)) {
        return open;
      }
    }
    if (finality.ripe(project, horizon(), 1).isEmpty() && finality.closed(project, 1).isEmpty()) {
      throw Failure.of(
          Reason.FAILED_PRECONDITION, "No merge of the project is older than the undo window");
    }
    Instant now = now();
    String id =
        String.format(Locale.ROOT, "%013d-%.8s", now.toEpochMilli(), UUID.randomUUID().toString());
    return saved(Squash.start(project, id, author, now));
  }

  /** Starts a squash in every project with old merges. */
  public void startDue() {
    for (ProjectId project : finality.ready(horizon())) {
      if (turns.take(project)) {
        try {
          start(project, "");
        } finally {
          turns.give(project);
        }
      }
    }
  }

  /**
   * Stops a squash before its next partition.
   *
   * @throws Failure NOT_FOUND, or FAILED_PRECONDITION when it has ended
   */
  public Squash cancel(ProjectId project, String id, String author) {
    Squash squash = get(project, id);
    if (!squash.state().isOpen()) {
      throw Failure.of(Reason.FAILED_PRECONDITION, "The squash has ended");
    }
    return saved(squash.cancelled(author, now()));
  }

  /** A squash. */
  public Squash get(ProjectId project, String id) {
    return squashes.find(project, id).orElseThrow(() -> Failure.notFound("squash", id));
  }

  /** Squashes of a project, newest first. */
  public List<Squash> list(ProjectId project, String before, int limit) {
    return squashes.list(project, before, limit);
  }

  /**
   * Brings all open squashes as far as they can go now.
   *
   * @return those that ended
   */
  public List<Squash> run() {
    List<Squash> ended = new ArrayList<>();
    for (Squash open : squashes.open()) {
      if (turns.take(open.project())) {
        try {
          Squash after = advance(open);
          if (!after.state().isOpen()) {
            ended.add(after);
          }
        } finally {
          turns.give(open.project());
        }
      }
    }
    return ended;
  }

  private Squash advance(Squash found) {
    Squash squash = squashes.find(found.project(), found.id()).orElse(found);
    if (squash.state() == State.STARTED) {
      squash = close(squash);
    }
    if (squash.state() == State.REWRITING) {
      squash = rewrite(squash);
    }
    return squash.state() == State.SETTLING ? settle(squash) : squash;
  }

  private Squash close(Squash squash) {
    ProjectId project = squash.project();
    int left = settings.size() - finality.closed(project, settings.size()).size();
    if (left > 0) {
      finality.close(project, squash.id(), horizon(), left);
    }
    List<Merge> closed = finality.closed(project, settings.size());
    FinalMoves moves = new FinalMoves(closed, finals.of(project));
    finals.write(project, moves.ofRecords());
    Instant closing = now();
    return saved(
        squash.closed(closed.size(), stored.count(project, moves.ofRows()), closing, now()));
  }

  /** Partition by partition. It stops where the store needs more time, and is asked again. */
  private Squash rewrite(Squash squash) {
    Map<Long, Long> moves = moves(squash.project());
    Squash at = squash;
    for (Part part : squash.parts()) {
      if (part.done()) {
        continue;
      }
      Optional<Squash> current = squashes.find(at.project(), at.id());
      if (current.isPresent() && !current.get().state().isOpen()) {
        return current.get();
      }
      turns.take(at.project());
      if (stored.rewrite(at.project(), moves, part.name()) > 0) {
        return at;
      }
      at = saved(at.done(part.name(), now()));
    }
    return saved(at.to(State.SETTLING, now()));
  }

  /** A row that was on its way when its merge became final comes with the old number. */
  private Squash settle(Squash squash) {
    ProjectId project = squash.project();
    if (now().isBefore(squash.closeTime().plus(settings.settle()))) {
      return squash;
    }
    List<Merge> closed = finality.closed(project, settings.size());
    Map<String, Long> late = stored.count(project, moves(project));
    if (!late.isEmpty()) {
      return saved(squash.rewriting(late, now()));
    }
    finality.end(project, squash.id(), closed);
    return saved(squash.to(State.DONE, now()));
  }

  private Map<Long, Long> moves(ProjectId project) {
    return new FinalMoves(finality.closed(project, settings.size()), finals.of(project)).ofRows();
  }

  private Squash saved(Squash squash) {
    squashes.save(squash);
    return squash;
  }

  private Instant horizon() {
    return settings.window().horizon(now());
  }

  private Instant now() {
    return Instant.ofEpochMilli(clock.millis());
  }
}
