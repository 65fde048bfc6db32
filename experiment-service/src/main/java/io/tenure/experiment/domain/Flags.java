package io.tenure.experiment.domain;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.tenancy.ProjectId;
import java.util.List;

/** What people do with flags. Nothing is saved that could not be evaluated. */
public final class Flags {

  private final FlagStore store;
  private final FlagSnapshots snapshots;

  /** Flags in that store, served by those snapshots. */
  public Flags(FlagStore store, FlagSnapshots snapshots) {
    this.store = store;
    this.snapshots = snapshots;
  }

  /**
   * Adds a flag.
   *
   * @throws Failure INVALID_ARGUMENT with every violation, or ALREADY_EXISTS
   */
  public StoredFlag create(ProjectId project, Flag flag, String author) {
    FlagInspection.check(flag);
    StoredFlag stored = store.create(project, flag, author);
    snapshots.refresh(project);
    return stored;
  }

  /**
   * Replaces a flag.
   *
   * @throws Failure INVALID_ARGUMENT with every violation, NOT_FOUND, or ABORTED on a stale etag
   */
  public StoredFlag update(ProjectId project, Flag flag, String author, String etag) {
    FlagInspection.check(flag);
    StoredFlag stored = store.update(project, flag, author, etag);
    snapshots.refresh(project);
    return stored;
  }

  /**
   * Removes a flag.
   *
   * @throws Failure NOT_FOUND
   */
  public void delete(ProjectId project, String key, String author) {
    store.delete(project, key, author);
    snapshots.refresh(project);
  }

  /**
   * One flag.
   *
   * @throws Failure NOT_FOUND
   */
  public StoredFlag get(ProjectId project, String key) {
    return store.find(project, key).orElseThrow(() -> Failure.notFound("flag", key));
  }

  /** Flags after a key, by key, at most so many. */
  public List<StoredFlag> list(ProjectId project, String afterKey, int limit) {
    return store.list(project).stream()
        .filter(stored -> stored.flag().key().compareTo(afterKey) > 0)
        .limit(limit)
        .toList();
  }
}
