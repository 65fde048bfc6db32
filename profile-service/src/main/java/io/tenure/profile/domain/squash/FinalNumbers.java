package io.tenure.profile.domain.squash;

import io.tenure.platform.tenancy.ProjectId;
import java.util.Map;

/**
 * Whom numbers stand for, for good. Kept for ever, outside of memory: a record of a merged user
 * that is read again is resolved to the old number, and whoever stores it asks here.
 */
public interface FinalNumbers {

  /** New numbers of a project by old ones. */
  Map<Long, Long> of(ProjectId project);

  /** Writes some, all or none; a later one replaces an earlier one. */
  void write(ProjectId project, Map<Long, Long> numbers);
}
