package io.tenure.experiment.domain.serving;

import java.util.Optional;
import java.util.Set;

/** Where stored knowledge about the users of the caller's project comes from. */
public interface KnownUsers {

  /**
   * The user with that login or device id, if there is one.
   *
   * @throws io.tenure.platform.failure.Failure when nobody answers
   */
  Optional<KnownUser> find(String id);

  /**
   * Ids of the segments the user belongs to.
   *
   * @throws io.tenure.platform.failure.Failure when nobody answers
   */
  Set<String> segmentsOf(KnownUser user);
}
