package io.tenure.profile.store.seal;

import io.tenure.platform.seal.MasterKeys.Wrapped;
import io.tenure.profile.domain.UserKey;

/**
 * A user's key as the store holds it.
 *
 * @param id names it in sealed text
 * @param version counts how often it was sealed anew
 */
record StoredKey(UserKey user, String id, Wrapped wrapped, long version) {

  /** Where its wrap belongs. */
  String place() {
    return "subject-key/" + user.project() + "/" + user.number() + "/" + id;
  }
}
