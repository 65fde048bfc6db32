package io.tenure.gateway.domain;

import java.util.Optional;

/** Asks one part of the platform how it is. */
public interface HealthProbe {

  /** The service asked. */
  String service();

  /** What is wrong, in words without internals; empty when it is healthy. Never throws. */
  Optional<String> trouble();
}
