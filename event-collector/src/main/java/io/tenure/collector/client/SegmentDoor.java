package io.tenure.collector.client;

import io.tenure.collector.domain.canary.CanaryDoor;
import io.tenure.collector.domain.canary.CanaryEvent;
import io.tenure.platform.failure.Failure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** The public door, as an SDK of Segment's protocol comes to it. */
public final class SegmentDoor implements CanaryDoor, AutoCloseable {

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final URI address;
  private final String authorization;
  private final Duration patience;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /**
   * A door elsewhere.
   *
   * @param url of the door, without a path of the protocol
   * @param key that may write to the canary's project
   * @param patience how long the door may take to answer
   */
  public SegmentDoor(String url, String key, Duration patience) {
    this.address = URI.create(url.replaceAll("/+$", "") + "/v1/track");
    this.authorization =
        "Basic " + Base64.getEncoder().encodeToString((key + ":").getBytes(StandardCharsets.UTF_8));
    this.patience = patience;
  }

  @Override
  public void send(CanaryEvent event) {
    String json =
        """
        {"type":"track","event":"%s","anonymousId":"%s","messageId":"%s","timestamp":"%s","sentAt":"%4$s"}
        """
            .formatted(CanaryEvent.NAME, CanaryEvent.DEVICE, event.id(), event.time());
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(patience)
            .header("Authorization", authorization)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build();
    int status = answer(request);
    if (status != 200) {
      throw Failure.unavailable("The door answered " + status, RETRY);
    }
  }

  private int answer(HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException away) {
      throw Failure.unavailable("The door did not answer", RETRY);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw Failure.unavailable("The collector is stopping", RETRY);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
