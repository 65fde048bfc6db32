package io.tenure.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.observation.ObservationRegistry;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.ClickHouseProperties;
import io.tenure.platform.json.Json;
import io.tenure.platform.testing.PartFiles;
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
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** An installation of a test's own, with an SDK that sends to it and an administrator at it. */
final class LiveInstallation implements AutoCloseable {

  static final Duration PATIENCE = Duration.ofMinutes(10);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Installation installation;
  private final String session;

  private LiveInstallation(Installation installation) {
    this.installation = installation;
    this.session = signIn();
  }

  /** Starts one that looks for erasures all the time. */
  static LiveInstallation start(Path data) throws InterruptedException {
    Installation installation =
        Installation.start(
            data,
            0,
            Installation.Form.ONE_PROCESS,
            Secrets.in(data, "default", new GatewayKeyTexts()),
            Map.of("tenure.profile.erasure.poll-interval", "1s"),
            part -> {});
    Readiness.await(installation);
    return new LiveInstallation(installation);
  }

  Installation installation() {
    return installation;
  }

  /** A record as a Sensors SDK of a server writes it. */
  static String record(
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

  /** Sends a record; it is acknowledged when this returns. */
  void send(String record) throws IOException, InterruptedException {
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

  /** Sends a sign-up, a payment and two traits of somebody: three records. */
  void sendPerson(long time, Canaries person) throws IOException, InterruptedException {
    Map<String, String> shop = Map.of("shop", person.shop());
    String login = person.login();
    String device = person.device();
    send(record("track_signup", "SignUp", login, device, time, shop));
    send(record("track", "Pay", login, device, time + 1, shop));
    Map<String, String> traits = Map.of("card", person.card(), "city", person.city());
    send(record("profile_set", "", login, device, time + 2, traits));
  }

  /** What the administrator is answered, whatever it is. */
  String call(String method, String path, String body) {
    return call(session, method, path, body);
  }

  /** Waits until a person's profile says something. */
  void awaitProfile(String login, String text) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(call("GET", "/api/v1/profiles/" + login, "")).contains(text));
  }

  /** Erases a person, who has gone when this returns; returns the receipt. */
  String erase(String id) {
    String erasure =
        Json.read(call("POST", "/api/v1/erasures", Json.write(Map.of("user_id", id))))
            .path("erasure")
            .path("id")
            .asString();
    await()
        .atMost(PATIENCE)
        .until(() -> call("GET", "/api/v1/erasures/" + erasure, "").contains("STATE_DONE"));
    JsonNode receipt =
        Json.read(call("GET", "/api/v1/erasures/" + erasure + "/receipt", "")).path("receipt");
    assertThat(receipt.path("signature").asString()).isNotEmpty();
    return new String(
        Base64.getDecoder().decode(receipt.path("content").asString()), StandardCharsets.UTF_8);
  }

  /** Records that were taken and not stored, because their person is gone. */
  long withheld() {
    return ledger().path("withheld").asLong(0);
  }

  /** Requires that whatever was acknowledged is somewhere, once nothing waits. */
  void requireBalance() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              JsonNode ledger = ledger();
              assertThat(ledger.path("accepted").asLong(-1))
                  .as(ledger.toString())
                  .isEqualTo(
                      ledger.path("stored").asLong(0)
                          + ledger.path("applied").asLong(0)
                          + ledger.path("withheld").asLong(0)
                          + ledger.path("expired").asLong(0));
              assertThat(ledger.path("waiting").asLong(0)).isZero();
            });
  }

  /** The first column of what a query of the event store answers, for what no API shows. */
  List<String> rows(String sql) {
    try (ClickHouse clickHouse = clickHouse()) {
      return clickHouse.query(sql, Map.of(), row -> row.getString(1));
    }
  }

  /** Files that nobody needs any more go at once instead of after a minute. */
  void quicken() {
    try (ClickHouse clickHouse = clickHouse()) {
      new PartFiles(statement -> clickHouse.execute(statement, Map.of()), question -> List.of())
          .quicken(
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
                  "consents"));
    }
  }

  private JsonNode ledger() {
    return Json.read(call("GET", "/api/v1/ledger", "")).path("ledger");
  }

  private ClickHouse clickHouse() {
    Stores stores = installation.stores();
    return new ClickHouse(
        new ClickHouseProperties(
            stores.clickHouseUrl(),
            stores.clickHouseUsername(),
            stores.clickHousePassword(),
            stores.clickHouseDatabase(),
            Duration.ofSeconds(60),
            1),
        ObservationRegistry.NOOP);
  }

  private String signIn() {
    Secrets secrets = installation.secrets();
    String body =
        Json.write(Map.of("username", secrets.username(), "password", secrets.password()));
    return Json.read(call(secrets.secretKey(), "POST", "/api/v1/sessions", body))
        .path("session_token")
        .asString();
  }

  private String call(String key, String method, String path, String body) {
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

  @Override
  public void close() {
    http.close();
    installation.close();
  }
}
