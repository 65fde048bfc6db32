package io.tenure.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * One request is one trace, from the HTTP door through gRPC to the stores, as a real collector of
 * traces sees it.
 */
final class TraceTest {

  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

  private final TestPlatform platform = TestPlatform.running();

  @Test
  void followsARequestFromTheDoorToTheStores() throws Exception {
    try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      int status =
          http.send(
                  HttpRequest.newBuilder(URI.create(platform.url("/api/v1/segments")))
                      .header(
                          "Authorization",
                          "Bearer " + platform.installation().secrets().secretKey())
                      .header("traceparent", "00-" + TRACE + "-b7ad6b7169203331-01")
                      .build(),
                  BodyHandlers.discarding())
              .statusCode();
      assertThat(status).isEqualTo(200);
    }

    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> names("segment-service").contains("redis definitions list"));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                names("segment-service").stream().anyMatch(name -> name.startsWith("clickhouse")));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> names("gateway").stream().anyMatch(name -> name.startsWith("http get")));
    assertThat(names("gateway")).anyMatch(name -> name.contains("SegmentService/ListSegments"));
    assertThat(names("segment-service"))
        .anyMatch(name -> name.contains("SegmentService/ListSegments"));
  }

  private List<String> names(String service) {
    return platform.traces().ofTrace(TRACE).stream()
        .filter(span -> span.service().equals(service))
        .map(TraceSink.Span::name)
        .toList();
  }
}
