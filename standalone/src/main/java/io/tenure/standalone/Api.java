package io.tenure.standalone;

import io.tenure.platform.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** A caller of the public REST API with a secret key, as a team's own server would be. */
public final class Api implements AutoCloseable {

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final URI gateway;
  private final String secretKey;
  private final String project;

  /** Calls a gateway. */
  public Api(URI gateway, String secretKey) {
    this(gateway, secretKey, "");
  }

  /**
   * Calls a gateway.
   *
   * @param secretKey a key, or the token of a session
   * @param project of which projects the caller may use; empty for its first one
   */
  public Api(URI gateway, String secretKey, String project) {
    this.gateway = gateway;
    this.secretKey = secretKey;
    this.project = project;
  }

  /** Reads. */
  public JsonNode get(String path) {
    return send(request(path).GET().build());
  }

  /** Posts a JSON text. */
  public JsonNode post(String path, String json) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json))
            .build());
  }

  /** Whether the platform answers and every service is healthy. */
  public boolean healthy() {
    try {
      return get("/api/v1/health").path("healthy").booleanValue();
    } catch (ApiException | UncheckedIOException notYet) {
      return false;
    }
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(gateway.resolve(path))
            .timeout(Duration.ofSeconds(120))
            .header("Authorization", "Bearer " + secretKey);
    return project.isEmpty() ? request : request.header("Tenure-Project-Id", project);
  }

  private JsonNode send(HttpRequest request) {
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      if (response.statusCode() >= 300) {
        throw new ApiException(
            response.statusCode(),
            request.method() + " " + request.uri().getPath(),
            response.body());
      }
      return Json.read(response.body());
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  @Override
  public void close() {
    http.close();
  }

  /** An answer that is not a success. */
  public static final class ApiException extends RuntimeException {

    private final int status;

    ApiException(int status, String call, String body) {
      super(call + " answered " + status + ": " + body);
      this.status = status;
    }

    /** The HTTP status. */
    public int status() {
      return status;
    }
  }
}
