package io.tenure.collector.domain.intake;

import io.tenure.collector.domain.dialect.Draft;

/** Knows people whose records must not be kept, also from records that have no form. */
@FunctionalInterface
public interface Objecting {

  /** Everybody agrees. */
  Objecting NOBODY = draft -> false;

  /** Whether a record is of such a person, as far as its fields say. */
  boolean isSomebody(Draft draft);
}
