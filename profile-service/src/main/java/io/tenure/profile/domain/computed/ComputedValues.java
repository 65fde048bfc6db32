package io.tenure.profile.domain.computed;

import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.TraitValue;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Every change of a computed value, dated. It is the log that profiles are brought up to date from,
 * and what tells which value held at an instant.
 */
public interface ComputedValues {

  /** The latest values of a definition for a range of users; a value that ended is left out. */
  Map<Long, Map<String, TraitValue>> latest(
      ProjectId project, String definitionId, long after, long upTo);

  /** What held for one user at an instant. */
  Map<String, TraitValue> at(ProjectId project, long userNumber, Instant time);

  /** Every value some users have now, of any definition. */
  List<Current> ofUsers(ProjectId project, Collection<Long> userNumbers);

  /** That a user has a value. */
  record Current(String definitionId, long userNumber, String trait) {}

  /** Adds changes, all or none. Repeating a call is harmless. */
  void add(List<ComputedChange> changes);

  /** Hands over the changes of one computation for users above a number, ascending by offset. */
  void changes(
      ProjectId project, String computationId, long after, Consumer<ComputedChange> consumer);

  /** All changes of one user's values above an offset, ascending by offset. */
  List<ComputedChange> ofUser(ProjectId project, long userNumber, long after, int limit);

  /** The highest offset given in a project; 0 for none. */
  long highestOffset(ProjectId project);
}
