package io.tenure.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tenure.platform.json.Json;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * What clients get wrong is answered with the right status and a problem document, and costs
 * nothing.
 */
final class BadInputTest {

  private static final long MEGABYTE = 1 << 20;

  private final TestPlatform platform = TestPlatform.running();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @Test
  void refusesAMalformedBody() throws Exception {
    assertProblem(
        post("/v1/batch", platform.writeKey(), BodyPublishers.ofString("{\"batch\":[{]")), 400);
  }

  @Test
  void refusesAWrongKey() throws Exception {
    assertProblem(post("/v1/batch", "wk_wrong", BodyPublishers.ofString("{\"batch\":[]}")), 401);
    assertProblem(get("/api/v1/ledger", "sk_wrong"), 401);
  }

  @Test
  void refusesAnUnknownPath() throws Exception {
    assertProblem(get("/api/v1/no-such-thing", platform.installation().secrets().secretKey()), 404);
  }

  @Test
  void refusesATwentyMegabyteBodyWithoutKeepingIt() throws Exception {
    long before = usedAfterCollection();
    for (int round = 0; round < 10; round++) {
      int status = postQuietly(BodyPublishers.ofInputStream(() -> new Blanks(20 * MEGABYTE)));
      assertThat(status).isEqualTo(413);
    }

    // What earlier tests left to do may need memory meanwhile; what was kept would stay.
    await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(() -> assertThat(usedAfterCollection() - before).isLessThan(40 * MEGABYTE));
    assertThat(platform.api().healthy()).isTrue();
  }

  @Test
  void namesTheFieldThatIsWrong() throws Exception {
    HttpResponse<String> response =
        http.send(
            HttpRequest.newBuilder(URI.create(platform.url("/api/v1/analyses:run")))
                .header("Authorization", "Bearer " + platform.installation().secrets().secretKey())
                .header("Content-Type", "application/json")
                .POST(
                    BodyPublishers.ofString(
                        "{\"query\":{\"funnel\":{\"steps\":[{\"name\":\"Login\"}]}}}"))
                .build(),
            BodyHandlers.ofString());

    JsonNode problem = assertProblem(response, 400);
    assertThat(problem.path("violations").toString()).contains("query.");
  }

  private JsonNode assertProblem(HttpResponse<String> response, int status) {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type"))
        .get()
        .asString()
        .startsWith("application/problem+json");
    JsonNode problem = Json.read(response.body());
    assertThat(problem.path("status").intValue()).isEqualTo(status);
    assertThat(problem.path("title").stringValue()).isNotBlank();
    return problem;
  }

  private HttpResponse<String> post(String path, String writeKey, BodyPublisher body)
      throws Exception {
    return http.send(request(path, writeKey).POST(body).build(), BodyHandlers.ofString());
  }

  /**
   * The server may close the connection before it has read everything; both that and a 413 refuse
   * the body.
   */
  private int postQuietly(BodyPublisher body) throws Exception {
    try {
      return post("/v1/batch", platform.writeKey(), body).statusCode();
    } catch (java.io.IOException closed) {
      return 413;
    }
  }

  private HttpResponse<String> get(String path, String secretKey) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(platform.url(path)))
            .header("Authorization", "Bearer " + secretKey)
            .build(),
        BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path, String writeKey) {
    String basic =
        Base64.getEncoder().encodeToString((writeKey + ":").getBytes(StandardCharsets.UTF_8));
    return HttpRequest.newBuilder(URI.create(platform.url(path)))
        .header("Authorization", "Basic " + basic)
        .header("Content-Type", "application/json");
  }

  private static long usedAfterCollection() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.sleep(100);
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** So many spaces. */
  private static final class Blanks extends InputStream {
    private long left;

    Blanks(long size) {
      left = size;
    }

    @Override
    public int read() {
      return left-- > 0 ? ' ' : -1;
    }
  }
}
