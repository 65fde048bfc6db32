package io.tenure.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.observation.ObservationRegistry;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.ClickHouseProperties;
import io.tenure.platform.json.Json;
import io.tenure.standalone.runtime.Installation;
import io.tenure.standalone.runtime.Secrets;
import io.tenure.standalone.runtime.Stores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * A person with values that occur nowhere else is erased, and then every byte that the platform
 * keeps is searched for them.
 */
@Tag("own-engine")
final class ErasureBytesTest {

  private static final String LOGIN = "zorblatt.quimby";
  private static final String DEVICE = "7f3ak-plmvx-91";
  private static final String PERSONAL = "62250981-447";
  private static final String CITY = "Ouagamistral";
  private static final String SHOP = "vexpruntle";

  /** Alike in nothing: what repeats, a store may keep as a reference that no search sees. */
  private static final List<String> CANARIES = List.of(LOGIN, DEVICE, PERSONAL, CITY, SHOP);

  @TempDir private Path data;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @Test
  void noFileHoldsAnErasedPersonsValuesAndNothingBringsThemBack() throws Exception {
    Secrets secrets = Secrets.in(data, "default", new GatewayKeyTexts());
    long before = System.currentTimeMillis() - 60_000;
    try (Installation installation = start(secrets)) {
      String session = session(installation);
      quicken(installation.stores());
      call(installation, session, "PUT", "/api/v1/tracking-plan", PLAN);
      sendAll(installation, before, LOGIN, DEVICE, PERSONAL, "canary");
      sendAll(installation, before, "other-login", "other-device", "other-card", "other");
      await()
          .atMost(Duration.ofMinutes(10))
          .untilAsserted(
              () ->
                  assertThat(call(installation, session, "GET", "/api/v1/profiles/" + LOGIN, ""))
                      .contains(CITY));
      await()
          .atMost(Duration.ofMinutes(10))
          .untilAsserted(
              () ->
                  assertThat(preview(installation, session))
                      .containsPattern("clickhouse\\.quarantine\"\\s*:\\s*\"?1"));
      requireSearchSees();
      String id =
          Json.read(
                  call(
                      installation,
                      session,
                      "POST",
                      "/api/v1/erasures",
                      "{\"user_id\": \"" + DEVICE + "\"}"))
              .path("erasure")
              .path("id")
              .asString();
      await()
          .atMost(Duration.ofMinutes(10))
          .until(
              () ->
                  call(installation, session, "GET", "/api/v1/erasures/" + id, "")
                      .contains("STATE_DONE"));
      assertThat(call(installation, session, "GET", "/api/v1/erasures/" + id + "/receipt", ""))
          .contains("signature");
      await().atMost(Duration.ofMinutes(10)).until(() -> found().isEmpty());
      long known = withheld(installation, session);
      sendGood(installation, before + 7, LOGIN, DEVICE, PERSONAL, "canary");
      await()
          .atMost(Duration.ofMinutes(10))
          .until(() -> withheld(installation, session) == known + 3);
      assertThat(call(installation, session, "GET", "/api/v1/profiles/" + LOGIN, ""))
          .contains("404");
      assertThat(call(installation, session, "GET", "/api/v1/profiles/other-login", ""))
          .contains("Bern")
          .contains("other-card");
      requireBalance(installation, session);
    }
    assertThat(foundOutside("log")).isEmpty();
  }

  /** A search that finds nothing before would prove nothing after. */
  private void requireSearchSees() throws IOException {
    assertThat(found()).containsExactlyInAnyOrderElementsOf(CANARIES);
    for (String store : List.of("log", "clickhouse", "redis")) {
      assertThat(found(data.resolve(store), "")).as(store).contains(LOGIN, DEVICE, CITY);
    }
    assertThat(found(data.resolve("clickhouse"), ""))
        .as("sealed in what is kept of profiles")
        .doesNotContain(PERSONAL);
    assertThat(found(data.resolve("redis"), "")).doesNotContain(PERSONAL);
  }

  private String preview(Installation installation, String session) {
    return call(
        installation,
        session,
        "POST",
        "/api/v1/erasures:preview",
        "{\"user_id\": \"" + LOGIN + "\"}");
  }

  private static final String PLAN =
      """
      {"mode": "MODE_OBSERVE", "events": [{"name": "Pay", "properties": [
        {"name": "amount", "type": "PROPERTY_TYPE_NUMBER"}]}],
       "traits": [{"name": "card", "type": "PROPERTY_TYPE_TEXT", "data_class": "DATA_CLASS_C2"}]}
      """;

  private void sendGood(
      Installation installation, long time, String login, String device, String card, String word)
      throws IOException, InterruptedException {
    send(
        installation,
        record("track_signup", "SignUp", login, device, time, Map.of("shop", shop(word))));
    send(installation, record("track", "Pay", login, device, time + 1, Map.of("shop", shop(word))));
    send(
        installation,
        record(
            "profile_set", "", login, device, time + 2, Map.of("card", card, "city", city(word))));
  }

  private static String city(String word) {
    return word.equals("canary") ? CITY : "Bern";
  }

  private static String shop(String word) {
    return word.equals("canary") ? SHOP : "grocer";
  }

  private void sendAll(
      Installation installation, long time, String login, String device, String card, String word)
      throws IOException, InterruptedException {
    sendGood(installation, time, login, device, card, word);
    // Of a type nobody knows: kept aside with its bytes.
    send(
        installation,
        record("nonsense", "Pay", login, device, time + 3, Map.of("shop", shop(word))));
  }

  private static String record(
      String type,
      String event,
      String login,
      String device,
      long time,
      Map<String, String> properties) {
    Map<String, Object> record = new TreeMap<>();
    record.put("type", type);
    record.put("event", event);
    record.put("distinct_id", login);
    record.put("login_id", login);
    record.put("anonymous_id", device);
    record.put("original_id", device);
    record.put("time", time);
    record.put("_track_id", time);
    record.put("properties", properties);
    record.put("lib", Map.of("$lib", "Java", "$lib_version", "3.4.0"));
    return Json.write(record);
  }

  private void send(Installation installation, String record)
      throws IOException, InterruptedException {
    String text = Base64.getEncoder().encodeToString(record.getBytes(StandardCharsets.UTF_8));
    HttpRequest request =
        HttpRequest.newBuilder(
                installation
                    .gateway()
                    .resolve("/sa?project=default&token=" + installation.secrets().writeKey()))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                BodyPublishers.ofString("data=" + URLEncoder.encode(text, StandardCharsets.UTF_8)))
            .build();
    assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
  }

  private long withheld(Installation installation, String session) {
    return Json.read(call(installation, session, "GET", "/api/v1/ledger", ""))
        .path("ledger")
        .path("withheld")
        .asLong(0);
  }

  private void requireBalance(Installation installation, String session) {
    await()
        .atMost(Duration.ofMinutes(10))
        .untilAsserted(
            () -> {
              JsonNode ledger =
                  Json.read(call(installation, session, "GET", "/api/v1/ledger", ""))
                      .path("ledger");
              assertThat(ledger.path("accepted").asLong(-1))
                  .as(ledger.toString())
                  .isEqualTo(
                      ledger.path("stored").asLong(0)
                          + ledger.path("applied").asLong(0)
                          + ledger.path("withheld").asLong(0));
            });
  }

  private String session(Installation installation) {
    Secrets secrets = installation.secrets();
    return Json.read(
            call(
                installation,
                secrets.secretKey(),
                "POST",
                "/api/v1/sessions",
                Json.write(Map.of("username", secrets.username(), "password", secrets.password()))))
        .path("session_token")
        .asString();
  }

  private String call(
      Installation installation, String key, String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(installation.gateway().resolve(path))
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    try {
      return http.send(request, BodyHandlers.ofString()).body();
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  /** Files that nobody needs any more go at once instead of after a minute. */
  private static void quicken(Stores stores) {
    try (ClickHouse clickHouse =
        new ClickHouse(
            new ClickHouseProperties(
                stores.clickHouseUrl(),
                stores.clickHouseUsername(),
                stores.clickHousePassword(),
                stores.clickHouseDatabase(),
                Duration.ofSeconds(60),
                1),
            ObservationRegistry.NOOP)) {
      for (String table :
          List.of(
              "events",
              "items",
              "quarantine",
              "alerts",
              "profiles",
              "profile_history",
              "identity_decisions",
              "computed_traits",
              "subject_keys",
              "consents")) {
        clickHouse.execute(
            "ALTER TABLE "
                + table
                + " MODIFY SETTING old_parts_lifetime = 1, cleanup_delay_period = 1,"
                + " cleanup_delay_period_random_add = 0, max_cleanup_delay_period = 1",
            Map.of());
      }
    }
  }

  private List<String> found() throws IOException {
    return found(data, "");
  }

  /** What was sent again lies in the log, which withheld it; nowhere else. */
  private List<String> foundOutside(String directory) throws IOException {
    return found(data, directory);
  }

  private static List<String> found(Path directory, String but) throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!but.isEmpty() && directory.relativize(file).startsWith(but)) {
          continue;
        }
        String bytes;
        try {
          bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException removed) {
          continue;
        }
        CANARIES.stream()
            .filter(canary -> bytes.contains(canary) || bytes.contains(base64(canary)))
            .filter(canary -> !found.contains(canary))
            .forEach(found::add);
      }
    }
    return found;
  }

  /** The middle of a text as it stands in Base64 at one of three places; enough for a search. */
  private static String base64(String text) {
    return Base64.getEncoder()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8))
        .substring(0, 16);
  }

  private Installation start(Secrets secrets) throws InterruptedException {
    Installation installation =
        Installation.start(
            data,
            0,
            Installation.Form.ONE_PROCESS,
            secrets,
            Map.of("tenure.profile.erasure.poll-interval", "1s"),
            part -> {});
    Readiness.await(installation);
    return installation;
  }
}
