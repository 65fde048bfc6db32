package io.tenure.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tenure.platform.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Requests as SDKs send them that cannot run here: Android, iOS and Go. Made by hand from what is
 * known of their sources, so they show that the forms are understood, not that the clients work.
 */
final class HandMadeRequestsTest {

  private static final String FORM = "application/x-www-form-urlencoded";

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final TestPlatform platform = TestPlatform.running();
  private final StoredRecords stored = new StoredRecords(platform.api());

  @Test
  void takesTheFormOfAndroidWithItsChecksum() throws Exception {
    String list = base64(gzip("[" + track("android-user", "AndroidTransfer", 7) + "]"));

    HttpResponse<String> reply =
        post(
            "/sa?project=default",
            "crc=" + list.hashCode() + "&gzip=1&data_list=" + encode(list) + "&instant_event=true",
            FORM);

    assertThat(reply.statusCode()).isEqualTo(200);
    assertThat(reply.body()).isEmpty();
    assertThat(stored.events("android-user", "AndroidTransfer", 1)).hasSize(1);
  }

  @Test
  void keepsWhatFailsItsChecksumAside() throws Exception {
    long before = quarantined("CRC_MISMATCH");
    String list = base64(gzip("[" + track("ios-user", "IosTransfer", 8) + "]"));

    HttpResponse<String> reply =
        post(
            "/sa?project=default",
            "crc=" + (list.hashCode() + 1) + "&gzip=1&data_list=" + encode(list),
            FORM);

    assertThat(reply.statusCode()).isEqualTo(200);
    await().atMost(Duration.ofSeconds(30)).until(() -> quarantined("CRC_MISMATCH") == before + 1);
    assertThat(stored.eventsNow("ios-user", "IosTransfer")).isEmpty();
  }

  @Test
  void takesAFormOfGoWithoutATypeAndWithEmptyFields() throws Exception {
    String record =
        """
        {"type":"profile_set","event":"","project":"","distinct_id":"go-user","time":%d,"_track_id":9123372036854775807,
         "properties":{"$is_login_id":true,"city":"西安"},"lib":{"$lib":"Golang","$lib_version":"2.1.6"}}
        """
            .formatted(System.currentTimeMillis());

    HttpResponse<String> reply =
        post("/sa?project=default", "gzip=1&data=" + encode(base64(gzip(record))), "");

    assertThat(reply.statusCode()).isEqualTo(200);
    assertThat(stored.profile("go-user").path("traits").path("city").stringValue()).isEqualTo("西安");
  }

  @Test
  void takesABeaconAsPlainText() throws Exception {
    String data =
        base64(track("beacon-user", "BeaconTransfer", 9).getBytes(StandardCharsets.UTF_8));

    HttpResponse<String> reply =
        post(
            "/sa.gif?project=default",
            "data="
                + encode(data)
                + "&ext="
                + encode("crc=" + data.hashCode() + ",instant_evnet=true"),
            "text/plain;charset=UTF-8");

    assertThat(reply.statusCode()).isEqualTo(200);
    assertThat(stored.events("beacon-user", "BeaconTransfer", 1)).hasSize(1);
  }

  @Test
  void rightsTheClockOfADeviceThatIsAnHourFast() throws Exception {
    Instant now = Instant.now();
    Instant fast = now.plusSeconds(3600);

    HttpResponse<String> reply =
        segment(
            """
            {"sentAt":"%s","batch":[{"type":"track","messageId":"skewed-1","userId":"skewed-user","event":"Skewed",
              "timestamp":"%s"}]}
            """
                .formatted(fast, fast.minusSeconds(60)));

    assertThat(reply.statusCode()).isEqualTo(200);
    Instant stored =
        Instant.parse(
            this.stored
                .events("skewed-user", "Skewed", 1)
                .getFirst()
                .path("event_time")
                .stringValue());
    assertThat(stored).isBetween(now.minusSeconds(75), now.minusSeconds(45));
  }

  @Test
  void storesABatchButForItsFortyKilobyteEvent() throws Exception {
    HttpResponse<String> reply =
        segment(
            """
            {"batch":[{"type":"track","messageId":"small-1","userId":"large-user","event":"Small"},
              {"type":"track","messageId":"large-1","userId":"large-user","event":"Large","properties":{"text":"%s"}}]}
            """
                .formatted("x".repeat(40_000)));

    assertThat(reply.statusCode()).isEqualTo(200);
    assertThat(reply.body()).isEqualTo("{\"success\":true}");
    assertThat(stored.events("large-user", "Small", 1)).hasSize(1);
    assertThat(stored.eventsNow("large-user", "Large")).isEmpty();
    assertThat(quarantined("RECORD_TOO_LARGE")).isPositive();
  }

  @Test
  void turnsAWrongKeyAway() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(platform.url("/v1/batch")))
            .POST(BodyPublishers.ofString("{\"batch\":[],\"writeKey\":\"wrong\"}"))
            .build();

    HttpResponse<String> reply = http.send(request, BodyHandlers.ofString());

    assertThat(reply.statusCode()).isEqualTo(401);
    JsonNode problem = Json.read(reply.body());
    assertThat(problem.path("status").intValue()).isEqualTo(401);
  }

  private long quarantined(String reason) {
    return platform
        .api()
        .get("/api/v1/ledger")
        .path("ledger")
        .path("quarantine_reasons")
        .path(reason)
        .asLong(0);
  }

  private HttpResponse<String> post(String path, String form, String contentType)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(platform.url(path + "&token=" + platform.writeKey())))
            .POST(BodyPublishers.ofString(form));
    if (!contentType.isEmpty()) {
      request.header("Content-Type", contentType);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> segment(String json) throws IOException, InterruptedException {
    String basic = base64((platform.writeKey() + ":").getBytes(StandardCharsets.UTF_8));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(platform.url("/v1/batch")))
            .header("Content-Type", "application/json")
            .header("Authorization", "Basic " + basic)
            .POST(BodyPublishers.ofString(json))
            .build();
    return http.send(request, BodyHandlers.ofString());
  }

  private static String track(String user, String event, long trackId) {
    return Json.write(
        Map.of(
            "type",
            "track",
            "event",
            event,
            "distinct_id",
            user,
            "login_id",
            user,
            "time",
            System.currentTimeMillis(),
            "_track_id",
            trackId,
            "properties",
            Map.of("amount", 1),
            "lib",
            Map.of("$lib", "Android", "$lib_version", "6.8.0")));
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
