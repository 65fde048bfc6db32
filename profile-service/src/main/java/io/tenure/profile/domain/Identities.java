package io.tenure.profile.domain;

import io.tenure.platform.tenancy.ProjectId;
import java.util.List;

/**
 * Turns ids into users by the plan of the project.
 *
 * <p>By every plan an id keeps its user until a record takes it away: an unbind, or with many
 * devices for one login the first sign-in on a device that has a user of its own. Where that
 * happened is remembered for good, for every log as far as it was resolved by then, so that
 * resolving any log again, from any point, gives every record the user it had before.
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
