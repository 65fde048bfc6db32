package io.tenure.experiment.domain.flag;

import org.jspecify.annotations.Nullable;

/** What experiments bring to the rules that name them. */
@FunctionalInterface
public interface Trials {

  /** What one brings; null when it decides nothing now. */
  @Nullable Trial of(String experiment);
}
