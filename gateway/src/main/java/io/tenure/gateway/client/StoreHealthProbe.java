package io.tenure.gateway.client;

import io.tenure.gateway.domain.HealthProbe;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Asks whether a store the gateway itself needs answers. */
public final class StoreHealthProbe implements HealthProbe {

  private final String service;
  private final String store;
  private final BooleanSupplier answers;

  /** A probe of one store on behalf of a service. */
  public StoreHealthProbe(String service, String store, BooleanSupplier answers) {
    this.service = service;
    this.store = store;
    this.answers = answers;
  }

  @Override
  public String service() {
    return service;
  }

  @Override
  public Optional<String> trouble() {
    return answers.getAsBoolean() ? Optional.empty() : Optional.of(store + " does not answer");
  }
}
