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
  TAKEN_AWAY,
  /** Nobody had the id, and the user of the record had room for it. */
  JOINED,
  /** The id went over to the user of its parent in the record. */
  FOLLOWED_PARENT,
  /** A newer id of the same key took its place; the next record with it is about somebody new. */
  REPLACED,
  /** The user's last id of the parent key left, and this one with it. */
  LEFT_WITH_PARENT,
  /**
   * Nobody has the id, and the user of the record has as many of the key as it may. Nothing
   * changed.
   */
  REFUSED,
  /**
   * The record is about one user and the id belongs to another. Nothing changed; this is where a
   * merge of the two may be asked for.
   */
  CONFLICT,
  /** Its user was merged into another. */
  MERGED,
  /** The merge was undone. */
  SEPARATED
}
