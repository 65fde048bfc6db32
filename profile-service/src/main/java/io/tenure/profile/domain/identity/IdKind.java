package io.tenure.profile.domain.identity;

/** The name spaces of ids. */
public enum IdKind {
  /** A login id. */
  LOGIN,
  /** A device id. */
  DEVICE,
  /** An id of any declared key, written as {@code KEY:VALUE}; by the plan ID_MAPPING only. */
  KEYED
}
