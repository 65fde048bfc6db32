package io.tenure.profile.domain.identity;

import io.tenure.platform.tenancy.ProjectId;
import java.util.Collection;
import java.util.List;

/** Every decision about ids, kept for good. */
public interface Decisions {

  /**
   * Writes decisions. Repeating a call is harmless.
   *
   * @param origin what they come from, for example a log and its offsets
   */
  void save(String origin, List<Decision> decisions);

  /** The latest decisions about an id, newest first, at most 1,000. */
  List<Decision> find(ProjectId project, IdKind kind, String id);

  /**
   * Decisions that gave ids to a person or took them away, oldest first.
   *
   * @param numbers all of the person's
   * @param ids only decisions about these, keyed ones as {@code KEY:VALUE}
   * @param skip leaves out so many
   */
  List<Decision> ofPerson(
      ProjectId project, Collection<Long> numbers, Collection<String> ids, int skip, int limit);
}
