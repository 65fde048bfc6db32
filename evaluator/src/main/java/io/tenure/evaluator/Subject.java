package io.tenure.evaluator;

import org.jspecify.annotations.Nullable;

/**
 * Whoever a flag is decided for. Questions are asked one by one and only when an answer matters, so
 * an implementation may look things up.
 */
public interface Subject {

  /** The id of a unit; null when it is not known, and then nothing is dealt by it. */
  @Nullable String id(UnitType type);

  /** An attribute; null when there is none. */
  @Nullable Value attribute(String name);

  /** Whether the subject is a member of a segment. */
  boolean isMemberOf(String segmentId);

  /** What was kept for the unit a sticky split deals; null when nothing was. */
  @Nullable Kept kept(KeptKey key);
}
