package io.tenure.segment.domain.trend;

import org.jspecify.annotations.Nullable;

/** Which events of a breakdown. */
public sealed interface Part {

  /** All. */
  Part ALL = new All();

  /** Those beyond the limit. */
  Part OTHER = new Other();

  /** All. */
  record All() implements Part {}

  /**
   * Those with one value.
   *
   * @param value null for those without one
   */
  record Value(@Nullable String value) implements Part {}

  /** Those with a value beyond the limit. */
  record Other() implements Part {}
}
