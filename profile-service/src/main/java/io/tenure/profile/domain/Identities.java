package io.tenure.profile.domain;

import io.tenure.platform.tenancy.ProjectId;
import java.util.List;

/**
 * Turns ids into users by the one-to-one plan: one login for one device, the first bind is
 * permanent.
 *
 * <p>A login id always means the same user, a device id always means the same user, and a record
 * with a login id belongs to the login's user. Because an id never changes its user, resolving a
 * log again, from any point, gives every record the user it had before. A bind therefore succeeds
 * only while it moves nobody: when at most one of the two ids has a user, and neither has a partner
 * already.
 *
 * <p>The one exception is a record that takes an id from its user. Where that happened in the log
 * is remembered for good, so that records before it still get the user they had, and records after
 * it a new one.
 */
public interface Identities {

  /**
   * Finds or creates the users of some records of one log, in order.
   *
   * @param records ascending by offset
   * @return as many resolutions as records
   */
  Resolved resolve(ProjectId project, String logId, List<Claim> records);

  /** The ids of a record, and where in the log it stands. */
  record Claim(long offset, Identifiers ids) {}

  /**
   * Finds users without creating any.
   *
   * @param ids login ids or device ids; a login id is preferred when both exist
   * @return one number for each id, 0 when nobody has it
   */
  Found find(ProjectId project, List<String> ids);

  /**
   * Users of records.
   *
   * @param epoch the life of the hot store this answer comes from; another epoch means that the
   *     store restarted in between and may have lost its latest writes
   */
  record Resolved(String epoch, List<Resolution> resolutions) {}

  /**
   * Users of ids.
   *
   * @param epoch as in {@link Resolved}
   */
  record Found(String epoch, List<Long> userNumbers) {}
}
