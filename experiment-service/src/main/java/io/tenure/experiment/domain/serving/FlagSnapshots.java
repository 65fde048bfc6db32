package io.tenure.experiment.domain.serving;

import io.tenure.experiment.domain.ChangeListener;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.tenancy.ProjectId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The flags of the projects in use, in memory. Evaluation reads only this, so it asks a store once
 * per project and keeps working while the stores do not answer.
 */
public final class FlagSnapshots implements ChangeListener {

  private static final Duration IDLE = Duration.ofHours(1);

  private final Configuration configuration;
  private final Clock clock;
  private final Map<ProjectId, Entry> entries = new ConcurrentHashMap<>();

  /** Snapshots of a configuration. */
  public FlagSnapshots(Configuration configuration, Clock clock) {
    this.configuration = configuration;
    this.clock = clock;
  }

  /**
   * The flags of a project, at most one refresh old.
   *
   * @throws Failure when the project is asked for the first time and the store does not answer
   */
  public Snapshot of(ProjectId project) {
    return entry(project).snapshot();
  }

  /**
   * The flags of a project for somebody who heard of a version, perhaps from a replica that saw the
   * change first.
   *
   * @param heard empty for none
   * @throws Failure as {@link #of(ProjectId)}
   */
  Snapshot of(ProjectId project, String heard) {
    Snapshot known = of(project);
    boolean behind =
        !heard.isEmpty() && !known.version().isEmpty() && !heard.equals(known.version());
    if (!behind) {
      return known;
    }
    changed(project);
    return of(project);
  }

  /**
   * Hears the flags as they are, and then every change until the subscription is closed. One that
   * throws hears no more.
   *
   * @throws Failure as {@link #of(ProjectId)}
   */
  public Subscription subscribe(ProjectId project, Consumer<Snapshot> watcher) {
    Entry entry = entry(project);
    entry.snapshot();
    entry.watch(watcher);
    return () -> entry.watchers.remove(watcher);
  }

  /** Ends what a watcher hears. */
  public interface Subscription extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Looks for changes in every project in use and forgets those nobody asked for in an hour.
   *
   * @return projects that could not be refreshed and are served as they were
   */
  public int refresh() {
    Instant idleSince = clock.instant().minus(IDLE);
    entries
        .values()
        .removeIf(entry -> entry.watchers.isEmpty() && entry.lastUse.isBefore(idleSince));
    int failed = 0;
    for (Entry entry : entries.values()) {
      failed += refresh(entry) ? 0 : 1;
    }
    return failed;
  }

  /** Looks for changes in one project now, if it is in use. */
  @Override
  public void changed(ProjectId project) {
    Entry entry = entries.get(project);
    if (entry != null) {
      refresh(entry);
    }
  }

  /** The projects in use. */
  public Set<ProjectId> projects() {
    return Set.copyOf(entries.keySet());
  }

  private Entry entry(ProjectId project) {
    return entries.computeIfAbsent(project, Entry::new);
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
    private final Set<Consumer<Snapshot>> watchers = ConcurrentHashMap.newKeySet();
    private volatile Instant lastUse;
    private volatile @Nullable Snapshot snapshot;

    Entry(ProjectId project) {
      this.project = project;
      this.lastUse = clock.instant();
    }

    Snapshot snapshot() {
      lastUse = clock.instant();
      Snapshot known = snapshot;
      return known == null ? load() : known;
    }

    /** Under the lock of {@link #load}, so that a watcher hears each change once and in order. */
    synchronized void watch(Consumer<Snapshot> watcher) {
      watchers.add(watcher);
      watcher.accept(snapshot());
    }

    /** A store that was never asked for the project may know a version only after it was. */
    private String currentVersion() {
      String known = configuration.version(project);
      if (!known.isEmpty()) {
        return known;
      }
      configuration.snapshot(project, known);
      return configuration.version(project);
    }

    synchronized Snapshot load() {
      // The version is read first: a change in between only costs one more reading.
      String current = currentVersion();
      Snapshot known = snapshot;
      if (known != null && !current.isEmpty() && current.equals(known.version())) {
        return known;
      }
      Snapshot loaded = configuration.snapshot(project, current);
      snapshot = loaded;
      if (known == null || !known.flags().flags().equals(loaded.flags().flags())) {
        watchers.forEach(watcher -> watcher.accept(loaded));
      }
      return loaded;
    }
  }
}
