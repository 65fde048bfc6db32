package io.tenure.profile.domain;

import io.tenure.platform.tenancy.ProjectId;

/**
 * One user of one project.
 *
 * @param number dense and stable inside the project, 1 to 2^32 - 1, so that bitmaps can hold it
 */
public record UserKey(ProjectId project, long number) {

  private static final long HIGHEST = 0xFFFF_FFFFL;

  /** Rejects numbers that do not fit into an unsigned 32-bit integer. */
  public UserKey {
    if (!isValid(number)) {
      throw new IllegalArgumentException("A user number is between 1 and " + HIGHEST);
    }
  }

  /** Whether a number could belong to a user. */
  public static boolean isValid(long number) {
    return number >= 1 && number <= HIGHEST;
  }
}
