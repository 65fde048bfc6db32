package io.tenure.profile.domain.identity;

/** Why a record decided as it did whose an id is. */
public enum Rule {
  /** Nobody had the id, and nothing joined it to another: a new user. */
  NEW_USER,
  /** Nobody had either id of the sign-in: one new user with both. */
  NEW_USER_WITH_BOTH,
  /** Somebody else had signed in first on the device: the login is a new user. */
  NEW_USER_DEVICE_TAKEN,
  /**
   * The login was new and signed in on a device nobody had signed in on: it is the device's user.
   */
  GOT_USER_OF_DEVICE,
  /** The device was new when somebody signed in on it: it is the login's user. */
  GOT_USER_OF_LOGIN,
  /**
   * The device had a user of its own when somebody first signed in on it: from then on the login's.
   */
  MOVED_TO_LOGIN,
  /** An unbind took the id from its user; the next record with it is about somebody new. */
  TAKEN_AWAY
}
