package io.tenure.statistics.sample;

import java.util.Optional;

/**
 * A sample that may know about its units' time before the experiment, which can be used to take out
 * of the metric what the experiment didn't cause.
 *
 * @param <S> the kind of sample itself
 */
public interface AdjustableSample<S> {

  long units();

  Optional<Obstacle> obstacle();

  int covariates();

  /** The sample of the units of both. */
  S merge(S other);

  /** The metric and its covariates as if each were a mean. */
  LinearForm linearForm();
}
