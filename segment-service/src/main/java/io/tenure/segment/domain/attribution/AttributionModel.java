package io.tenure.segment.domain.attribution;

/** How a conversion is shared among the touches before it. */
public enum AttributionModel {
  /** All to the first. */
  FIRST,
  /** All to the last. */
  LAST,
  /** All to the last that is not direct, or to the last when all are. */
  LAST_NON_DIRECT,
  /** Equal shares. */
  LINEAR,
  /** Fixed shares for the first and the last, the rest in equal shares to those between. */
  POSITION,
  /** The younger, the more. */
  TIME_DECAY
}
