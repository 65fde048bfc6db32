package io.tenure.experiment.domain;

import io.tenure.evaluator.FlagSet;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.tenancy.ProjectId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The flags of the projects in use, in memory. Evaluation reads only this, so it asks a store once
 * per project and keeps working while the stores do not answer.
 */
public final class FlagSnapshots {

  private static final Duration IDLE = Duration.ofHours(1);

  private final FlagStore store;
  private final Clock clock;
  private final Map<ProjectId, Entry> entries = new ConcurrentHashMap<>();

  /** Snapshots of what the store keeps. */
  public FlagSnapshots(FlagStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * The flags of a project, at most one refresh old.
   *
   * @throws Failure when the project is asked for the first time and the store does not answer
   */
  public FlagSet of(ProjectId project) {
    Entry entry = entries.computeIfAbsent(project, Entry::new);
    return entry.flags();
  }

  /**
   * Looks for changes in every project in use and forgets those nobody asked for in an hour.
   *
   * @return projects that could not be refreshed and are served as they were
   */
  public int refresh() {
    Instant idleSince = clock.instant().minus(IDLE);
    entries.values().removeIf(entry -> entry.lastUse.isBefore(idleSince));
    int failed = 0;
    for (Entry entry : entries.values()) {
      failed += refresh(entry) ? 0 : 1;
    }
    return failed;
  }

  /** Looks for changes in one project now, if it is in use. */
  void refresh(ProjectId project) {
    Entry entry = entries.get(project);
    if (entry != null) {
      refresh(entry);
    }
  }

  private static boolean refresh(Entry entry) {
    try {
      entry.load();
      return true;
    } catch (Failure failure) {
      return false;
    }
  }

  private final class Entry {

    private final ProjectId project;
    private volatile Instant lastUse;
    private volatile @Nullable FlagSet flags;
    private String version = "";

    Entry(ProjectId project) {
      this.project = project;
      this.lastUse = clock.instant();
    }

    FlagSet flags() {
      lastUse = clock.instant();
      FlagSet known = flags;
      return known == null ? load() : known;
    }

    synchronized FlagSet load() {
      // The version is read first: a change in between only costs one more reading.
      String current = store.version(project);
      FlagSet known = flags;
      if (known != null && !current.isEmpty() && current.equals(version)) {
        return known;
      }
      FlagSet loaded =
          FlagSet.of(store.list(project).stream().map(stored -> stored.flag().decided()).toList());
      flags = loaded;
      version = current;
      return loaded;
    }
  }
}
