package io.tenure.profile.domain;

/** Why a change of a trait had no effect. */
public enum Refusal {
  /** The value is not JSON. */
  VALUE_MALFORMED,
  /** An increment by, or of, something that is no number. */
  NOT_A_NUMBER,
  /** A result with more digits than are kept exactly. */
  NUMBER_OUT_OF_RANGE,
  /** An append to something that is no list. */
  NOT_A_LIST
}
