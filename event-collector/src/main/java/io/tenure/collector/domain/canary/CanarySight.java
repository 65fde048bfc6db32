package io.tenure.collector.domain.canary;

/** Where a canary is looked for: the place analysts ask. */
@FunctionalInterface
public interface CanarySight {

  /**
   * Whether an event can be seen.
   *
   * @throws io.tenure.platform.failure.Failure when nobody can tell now
   */
  boolean sees(CanaryEvent event);
}
