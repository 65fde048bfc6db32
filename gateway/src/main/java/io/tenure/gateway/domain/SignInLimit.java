package io.tenure.gateway.domain;

import java.time.Duration;
import java.util.Optional;

/** Slows down guessing of passwords. */
public interface SignInLimit {

  /** Counts an attempt and tells how long to wait when there were too many; empty to go on. */
  Optional<Duration> attempt(String username, String address);
}
