package io.tenure.profile.domain.identity;

/** The two name spaces of ids. */
public enum IdKind {
  /** A login id. */
  LOGIN,
  /** A device id. */
  DEVICE
}
