package io.tenure.segment.domain.segment;

/** Lets one of several processes do the scheduled work. */
@FunctionalInterface
public interface RecomputeTurn {

  /** Whether this process may do it now; true for one process and once per interval. */
  boolean take();
}
