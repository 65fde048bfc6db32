package io.tenure.profile.domain.seal;

import io.tenure.platform.tenancy.ProjectId;
import java.util.List;

/** The users' keys as they lie in the store: each sealed by a master key. */
public interface KeyWraps {

  /** The master key that seals now; empty when none is configured. */
  String active();

  /** All master keys that are configured. */
  List<String> configured();

  /** How many keys of users each master key seals, by project. */
  List<Count> counts();

  /**
   * Seals some keys anew that another master key than the active one seals; their values stay.
   *
   * @param limit keys at most
   * @return what was done
   */
  Rewrapped rewrap(int limit);

  /** Keys of one project under one master key. */
  record Count(ProjectId project, String master, long keys) {}

  /**
   * Keys that were sealed anew.
   *
   * @param unreadable keys left as they are, because their master key is not configured
   */
  record Rewrapped(int done, int unreadable) {}
}
