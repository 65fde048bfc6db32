package io.tenure.profile.domain;

import io.tenure.platform.tenancy.ProjectId;

/** What must stay known of users who are gone: whatever else forgets them, these books do not. */
public interface GoneUsers {

  /** Those of a project. */
  Gone of(ProjectId project);

  /** The users of a project who are gone. */
  interface Gone {

    /** The highest number given before they went; 0 for none. */
    long highestNumber();

    /** Whether a number is of one of them, so that what still has it does not count. */
    boolean covers(long number);
  }
}
