package io.tenure.collector.domain.plan;

/** What happens to records the plan does not foresee. */
public enum Mode {
  /** They are accepted and learned. */
  OBSERVE,
  /** They are kept aside. */
  ENFORCE
}
