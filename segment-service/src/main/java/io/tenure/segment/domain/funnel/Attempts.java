package io.tenure.segment.domain.funnel;

/** Takes the attempts of one user. */
@FunctionalInterface
public interface Attempts {
  /** Takes one attempt that did at least one step; it is valid during the call only. */
  void attempt(Attempt attempt);
}
