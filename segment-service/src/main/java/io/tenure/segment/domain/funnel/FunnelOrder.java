package io.tenure.segment.domain.funnel;

/** In which order the steps must be done. */
public enum FunnelOrder {
  /** One after the other; whatever happens in between does not matter. */
  ORDERED,
  /** One directly after the other, without any other event of the user in between. */
  STRICT,
  /** In any order. */
  ANY
}
