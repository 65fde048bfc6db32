package io.tenure.experiment.domain.experiment;

import io.tenure.experiment.domain.ChangeListener;
import io.tenure.experiment.domain.Inspection;
import io.tenure.experiment.domain.Shelf;
import io.tenure.experiment.domain.Stored;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.ProjectId;
import java.util.List;
import java.util.Optional;

/** What people do with hold-outs. */
public final class Holdouts {

  private static final int LARGEST_SHARE = 5_000;

  private final Shelf<Holdout> shelf;
  private final ExperimentGuard guard;
  private final ChangeListener listener;

  /** Hold-outs on that shelf. */
  public Holdouts(Shelf<Holdout> shelf, ExperimentGuard guard, ChangeListener listener) {
    this.shelf = shelf;
    this.guard = guard;
    this.listener = listener;
  }

  /**
   * Adds a hold-out.
   *
   * @throws Failure INVALID_ARGUMENT with every violation, or ALREADY_EXISTS
   */
  public Stored<Holdout> create(Caller author, Holdout holdout) {
    check(holdout);
    return shelf.create(author, holdout);
  }

  /**
   * Replaces a hold-out.
   *
   * @throws Failure INVALID_ARGUMENT, NOT_FOUND, ABORTED on a stale etag, or FAILED_PRECONDITION
   *     when units would be moved
   */
  public Stored<Holdout> update(Caller author, Holdout holdout, String etag) {
    Stored<Holdout> stored = shelf.get(author.project(), holdout.key());
    Holdout before = stored.content();
    check(holdout);
    if (holdout.unit() != before.unit()) {
      throw Failure.invalid("unit_type", "never changes");
    }
    if (holdout.share() != before.share() || (before.ended() && !holdout.ended())) {
      guard.requireUnstarted(
          author.project(),
          "The units of the hold-out '" + holdout.key() + "'",
          design -> design.holdouts().contains(holdout.key()));
    }
    Stored<Holdout> updated = shelf.update(author, holdout, etag.isEmpty() ? stored.etag() : etag);
    listener.changed(author.project());
    return updated;
  }

  /**
   * Removes a hold-out.
   *
   * @throws Failure NOT_FOUND, or FAILED_PRECONDITION while an experiment names it
   */
  public void delete(Caller author, String key) {
    shelf.get(author.project(), key);
    guard.requireUnused(
        author.project(), "The hold-out '" + key + "'", design -> design.holdouts().contains(key));
    shelf.delete(author, key);
  }

  /**
   * One hold-out.
   *
   * @throws Failure NOT_FOUND
   */
  public Stored<Holdout> get(ProjectId project, String key) {
    return shelf.get(project, key);
  }

  /** Hold-outs after a key, by key, at most so many. */
  public List<Stored<Holdout>> list(ProjectId project, String after, int limit) {
    return shelf.page(project, after, limit);
  }

  /** Looks at what a design says of its hold-outs. */
  void inspect(Inspection inspection, ProjectId project, Design design) {
    for (int i = 0; i < design.holdouts().size(); i++) {
      String field = "holdout_keys[" + i + "]";
      Optional<Holdout> holdout =
          shelf.find(project, design.holdouts().get(i)).map(Stored::content);
      inspection.require(holdout.isPresent(), field, "names no hold-out");
      inspection.require(
          holdout.isEmpty() || holdout.get().unit() == design.unit(),
          field,
          "holds out another type of unit");
    }
  }

  private static void check(Holdout holdout) {
    Inspection inspection = new Inspection();
    inspection.requireKey("key", holdout.key());
    inspection.requireText("display_name", holdout.displayName());
    inspection.requireText("description", holdout.description());
    inspection.require(
        holdout.share() >= 1 && holdout.share() <= LARGEST_SHARE, "share", "1 to 5000");
    inspection.end();
  }
}
