package io.tenure.gateway.client;

import io.tenure.gateway.domain.HealthProbe;
import java.net.URI;
import java.util.Optional;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/** Asks a service's readiness over HTTP. */
public final class HttpHealthProbe implements HealthProbe {

  private final String service;
  private final RestClient client;
  private final URI readiness;

  /** A probe of a readiness address; the client bounds the time. */
  public HttpHealthProbe(String service, RestClient client, URI readiness) {
    this.service = service;
    this.client = client;
    this.readiness = readiness;
  }

  @Override
  public String service() {
    return service;
  }

  @Override
  public Optional<String> trouble() {
    try {
      HttpStatusCode status =
          client.get().uri(readiness).exchange((request, response) -> response.getStatusCode());
      return status.is2xxSuccessful() ? Optional.empty() : Optional.of("is not ready to serve");
    } catch (ResourceAccessException unanswered) {
      return Optional.of("does not answer");
    }
  }
}
