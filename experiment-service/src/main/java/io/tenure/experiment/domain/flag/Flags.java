package io.tenure.experiment.domain.flag;

import io.tenure.evaluator.FlagSet;
import io.tenure.evaluator.Prerequisite;
import io.tenure.evaluator.Serving;
import io.tenure.evaluator.Variant;
import io.tenure.experiment.domain.ChangeListener;
import io.tenure.experiment.domain.Shelf;
import io.tenure.experiment.domain.Stored;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.ProjectId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What people do with flags. Nothing is saved that could not be evaluated. */
public final class Flags {

  private final Shelf<Flag> shelf;
  private final FlagGuard guard;
  private final ChangeListener listener;

  /** Flags on that shelf. */
  public Flags(Shelf<Flag> shelf, FlagGuard guard, ChangeListener listener) {
    this.shelf = shelf;
    this.guard = guard;
    this.listener = listener;
  }

  /**
   * Adds a flag.
   *
   * @throws Failure INVALID_ARGUMENT with every violation, or ALREADY_EXISTS
   */
  public Stored<Flag> create(Caller author, Flag flag) {
    check(author.project(), flag);
    Stored<Flag> stored = shelf.create(author, flag);
    listener.changed(author.project());
    return stored;
  }

  /**
   * Replaces a flag.
   *
   * @throws Failure INVALID_ARGUMENT with every violation, NOT_FOUND, ABORTED on a stale etag, or
   *     FAILED_PRECONDITION when a running experiment needs what is changed
   */
  public Stored<Flag> update(Caller author, Flag flag, String etag) {
    ProjectId project = author.project();
    Stored<Flag> before = shelf.get(project, flag.key());
    check(project, flag);
    guard.beforeFlagChange(project, before.content(), flag);
    // What was checked against the experiments must be what is replaced.
    Stored<Flag> stored = shelf.update(author, flag, etag.isEmpty() ? before.etag() : etag);
    listener.changed(project);
    return stored;
  }

  /**
   * Removes a flag.
   *
   * @throws Failure NOT_FOUND, or FAILED_PRECONDITION while another flag or an experiment needs it
   */
  public void delete(Caller author, String key) {
    ProjectId project = author.project();
    shelf.get(project, key);
    List<String> waiting =
        shelf.list(project).stream()
            .map(Stored::content)
            .filter(flag -> flag.waitsFor().anyMatch(wait -> wait.flag().equals(key)))
            .map(Flag::key)
            .toList();
    if (!waiting.isEmpty()) {
      throw Failure.of(
          Reason.FAILED_PRECONDITION,
          "The flag '" + key + "' is waited for by " + String.join(", ", waiting));
    }
    guard.beforeFlagDeletion(project, key);
    shelf.delete(author, key);
    listener.changed(project);
  }

  /**
   * One flag.
   *
   * @throws Failure NOT_FOUND
   */
  public Stored<Flag> get(ProjectId project, String key) {
    return shelf.get(project, key);
  }

  /**
   * Makes sure that a key is free.
   *
   * @throws Failure ALREADY_EXISTS
   */
  void requireFree(ProjectId project, String key) {
    if (shelf.find(project, key).isPresent()) {
      throw Failure.of(Reason.ALREADY_EXISTS, "The flag '" + key + "' exists already");
    }
  }

  /** Flags after a key, by key, at most so many. */
  public List<Stored<Flag>> list(ProjectId project, String afterKey, int limit) {
    return shelf.page(project, afterKey, limit);
  }

  private void check(ProjectId project, Flag flag) {
    FlagInspection.check(flag);
    List<Flag> all = new ArrayList<>();
    all.add(flag);
    shelf.list(project).stream()
        .map(Stored::content)
        .filter(other -> !other.key().equals(flag.key()))
        .forEach(all::add);
    requireNoCircle(all);
    flag.waitsFor()
        .forEach(prerequisite -> all.forEach(other -> requireVariants(prerequisite, other)));
    all.forEach(
        other -> other.waitsFor().forEach(prerequisite -> requireVariants(prerequisite, flag)));
  }

  /** As if every experiment ran: what its rule waits for counts already. */
  private static void requireNoCircle(List<Flag> flags) {
    try {
      FlagSet.of(
          flags.stream()
              .map(flag -> flag.decided(_ -> new Trial(null, new Serving.Fixed(flag.offVariant()))))
              .toList());
    } catch (IllegalArgumentException circle) {
      throw Failure.invalid("prerequisites", String.valueOf(circle.getMessage()));
    }
  }

  private static void requireVariants(Prerequisite prerequisite, Flag other) {
    if (other.key().equals(prerequisite.flag())) {
      Set<String> names = other.variants().stream().map(Variant::name).collect(Collectors.toSet());
      if (!names.containsAll(prerequisite.variants())) {
        throw Failure.invalid(
            "prerequisites",
            "a flag waits for a variant of '" + other.key() + "' that it does not have");
      }
    }
  }
}
