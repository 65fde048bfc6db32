package io.tenure.alert.domain;

import java.util.Optional;

/**
 * Decides which addresses alerts may be sent to, so that no rule can reach into our own network.
 */
@FunctionalInterface
public interface WebhookPolicy {

  /** What speaks against an address; empty when nothing does. */
  Optional<String> objection(String url);
}
