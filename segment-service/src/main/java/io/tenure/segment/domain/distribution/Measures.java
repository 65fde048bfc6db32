package io.tenure.segment.domain.distribution;

import io.tenure.platform.tenancy.ProjectId;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Predicate;

/** Measures users. */
public interface Measures {

  /** How many users of a frame have each measure; in no order. */
  List<Group> groups(ProjectId project, DistributionQuery query);

  /** How many users there are, whether they did anything or not. */
  long everybody(ProjectId project, DistributionQuery query);

  /** The users of a frame whose measure is wanted, ascending. */
  long[] users(ProjectId project, DistributionQuery query, int frame, Predicate<BigDecimal> wanted);

  /** The users of a frame who are not measured, ascending. */
  long[] inactive(ProjectId project, DistributionQuery query, int frame);

  /**
   * Users with one measure.
   *
   * @param frame number of the frame's period; 0 for the whole range
   * @param known those of them who have a profile
   */
  record Group(int frame, BigDecimal measure, long users, long known) {}
}
