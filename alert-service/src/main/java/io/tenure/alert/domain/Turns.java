package io.tenure.alert.domain;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Lets only one process do something at a time. It saves work; nothing relies on it for being
 * right, because a turn can be lost while its holder is paused.
 */
public interface Turns {

  /** Does the work if nobody else does work of that name now; empty when somebody does. */
  <T> Optional<T> alone(String name, Supplier<T> work);
}
