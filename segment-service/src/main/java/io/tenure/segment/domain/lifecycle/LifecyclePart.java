package io.tenure.segment.domain.lifecycle;

/** A part of the users of a period. */
public enum LifecyclePart {
  /** Active for the first time. */
  NEW,
  /** Active as in the period before. */
  RETURNING,
  /** Active after a pause. */
  RESURRECTING,
  /** Active in the period before only. */
  DORMANT
}
