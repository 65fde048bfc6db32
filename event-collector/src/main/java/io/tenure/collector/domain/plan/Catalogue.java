package io.tenure.collector.domain.plan;

import io.tenure.platform.tenancy.ProjectId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What was learned from accepted records: which names there are and the type each was given by its
 * first value. A type is on disk before the first record that relies on it is acknowledged. The
 * first to give it wins for good, whichever collector that was.
 */
public interface Catalogue extends AutoCloseable {

  /** What came of learning the names of one record. */
  sealed interface Lesson {

    /** All names are known and fit. */
    record Learned() implements Lesson {}

    /**
     * A name has another type already; nothing was learned.
     *
     * @param type the one it has
     */
    record Conflict(TypedName name, PropertyType type) implements Lesson {}

    /** There is no room for one more name; nothing was learned. */
    record Full(Scope scope) implements Lesson {}
  }

  /**
   * Compares the names of a record with what is known, learns the new ones and counts all. Names
   * whose type is planned overrule what was learned, and never meet a limit.
   *
   * @throws io.tenure.platform.failure.Failure UNAVAILABLE when something new could not be written
   */
  Lesson learn(ProjectId project, List<TypedName> names, Instant time);

  /** What {@link #learn} would say, without learning. */
  Lesson compare(ProjectId project, List<TypedName> names);

  /**
   * Whether every name of a project has the type all collectors agreed on, and none ever had
   * another; then {@link #dispute} need not be asked.
   */
  boolean isUndisputed(ProjectId project);

  /**
   * The type a name had here before the collectors agreed on another one.
   *
   * @throws io.tenure.platform.failure.Failure UNAVAILABLE while they have not agreed yet
   */
  Optional<Dispute> dispute(ProjectId project, Scope scope, String name);

  /** The type a name has now; empty for events and for what is not known. */
  Optional<PropertyType> type(ProjectId project, Scope scope, String name);

  /** Tells the other collectors what was learned and learns from them. */
  void exchange(Instant now);

  /** All that is known, by scope and name. */
  List<LearnedName> list(ProjectId project);

  @Override
  void close();
}
