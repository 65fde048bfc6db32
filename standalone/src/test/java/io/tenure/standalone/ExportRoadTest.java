package io.tenure.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tenure.platform.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A person asks for everything about them, through all services; then they are erased. */
final class ExportRoadTest {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final TestPlatform platform = TestPlatform.running();
  private final String project = "export-" + UUID.randomUUID().toString().substring(0, 8);
  private final TestPlatform.Branch branch = platform.branch(project);
  private final String key = platform.session();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final long time = System.currentTimeMillis() - 3_600_000;
  private int sent;

  @Test
  void everyValueOfAPersonIsInTheirDocumentNobodyElsesAndNoneAfterErasure() {
    send("PUT", "/api/v1/tracking-plan", PLAN);
    Person canary = new Person("canary");
    Person other = new Person("bystander");
    canary.lives();
    other.lives();
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                platform
                    .rows(
                        "SELECT toString(uniqExact(event_id)) FROM events_v1 WHERE project_id = '"
                            + project
                            + "'")
                    .getFirst()
                    .equals("6"));
    send("POST", "/api/v1/segments", "{\"id\": \"payers\", \"condition\": " + PAID + "}");
    send("POST", "/api/v1/rules", RULE);
    send("POST", "/api/v1/rules/pays:sweep", "{}");
    send("POST", "/api/v1/computedTraits", COMPUTED);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              JsonNode sections = Json.read(export(canary.login).body()).path("sections");
              assertThat(sections.path("events")).as("with the other phone's").hasSize(3);
              assertThat(sections.path("quarantined_records")).hasSize(1);
              assertThat(sections.path("alerts")).hasSize(1);
              assertThat(sections.path("computed_traits")).isNotEmpty();
            });

    HttpResponse<String> reply = export(canary.secondDevice);

    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    assertThat(reply.headers().firstValue("Content-Type")).contains("application/json");
    JsonNode document = Json.read(reply.body());
    assertThat(document.path("summary").path("complete").booleanValue()).isTrue();
    assertThat(reply.body()).contains(canary.values()).doesNotContain("bystander");
    JsonNode sections = document.path("sections");
    assertThat(sections.path("profiles").toString()).contains(canary.card, canary.city);
    assertThat(sections.path("trait_history").toString()).contains(canary.card);
    assertThat(sections.path("quarantined_records").toString()).contains(canary.broken);
    assertThat(sections.path("computed_traits").toString()).contains(canary.shop);
    assertThat(sections.path("merges").toString()).contains(canary.reason);
    assertThat(sections.path("consents").toString()).contains(canary.text);
    assertThat(sections.path("segments").toString()).contains("payers");
    sections
        .properties()
        .forEach(
            section ->
                assertThat(
                        document.path("summary").path("counts").path(section.getKey()).intValue())
                    .as(section.getKey())
                    .isEqualTo(section.getValue().size()));

    send("POST", "/api/v1/erasures", Json.write(Map.of("user_id", canary.login)));
    await().atMost(PATIENCE).until(() -> export(canary.login).statusCode() == 404);
    assertThat(export(canary.firstDevice).statusCode()).isEqualTo(404);
    await().atMost(PATIENCE).until(() -> export("user_number:1").statusCode() == 404);
    assertThat(Json.read(export(other.login).body()).path("sections").path("events")).hasSize(3);
    for (JsonNode export :
        Json.read(send("GET", "/api/v1/exports?page_size=1000", "")).path("exports")) {
      assertThat(export.path("user_numbers").toString())
          .as("who was erased")
          .doesNotMatch("\\[1\\b.*");
    }
  }

  @Test
  void aConnectionThatIsCutLeavesNoExportBehindAndIsCountedAsIncomplete() throws Exception {
    String login = "heavy-" + project;
    String filling = "x".repeat(5_000);
    for (int batch = 0; batch < 40; batch++) {
      List<Map<String, Object>> events = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        events.add(
            Map.of(
                "event_id",
                login + "-" + sent++,
                "login_id",
                login,
                "name",
                "Pay",
                "properties",
                Map.of("note", filling)));
      }
      send("POST", "/api/v1/events:batch", Json.write(Map.of("events", events)));
    }
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                platform
                    .rows(
                        "SELECT toString(uniqExact(event_id)) FROM events_v1 WHERE login_id = '"
                            + login
                            + "'")
                    .getFirst()
                    .equals("4000"));

    cutAfter(login, 200_000);

    await()
        .atMost(PATIENCE)
        .until(() -> lastExport().path("state").asString().equals("STATE_INCOMPLETE"));
    HttpResponse<String> whole = export(login);
    JsonNode document = Json.read(whole.body());
    assertThat(document.path("summary").path("complete").booleanValue()).isTrue();
    assertThat(document.path("sections").path("events")).hasSize(4_000);
    assertThat(lastExport().path("state").asString()).isEqualTo("STATE_COMPLETE");
    assertThat(lastExport().path("size").longValue())
        .isEqualTo(whole.body().getBytes(StandardCharsets.UTF_8).length);
  }

  private JsonNode lastExport() {
    return Json.read(send("GET", "/api/v1/exports?page_size=1", "")).path("exports").path(0);
  }

  private void cutAfter(String login, int bytes) throws IOException {
    URI gateway = platform.installation().gateway();
    String body = Json.write(Map.of("user_id", login));
    try (Socket socket = new Socket(gateway.getHost(), gateway.getPort())) {
      socket
          .getOutputStream()
          .write(
              ("POST /api/v1/exports HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                      + key
                      + "\r\nTenure-Project-Id: "
                      + project
                      + "\r\nContent-Type: application/json\r\nContent-Length: "
                      + body.length()
                      + "\r\n\r\n"
                      + body)
                  .getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      assertThat(new String(in.readNBytes(bytes), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 200")
          .doesNotContain("\"complete\":true");
    }
  }

  private static final String PLAN =
      """
      {"mode": "MODE_OBSERVE", "events": [{"name": "Pay", "properties": [
        {"name": "amount", "type": "PROPERTY_TYPE_NUMBER"}]}],
       "traits": [{"name": "card", "type": "PROPERTY_TYPE_TEXT", "data_class": "DATA_CLASS_C2"}]}
      """;

  private static final String PAID =
      """
      {"event": {"selector": {"name": "Pay"}, "operator": "OPERATOR_GREATER_OR_EQUAL", "count": 1}}\
      """;

  private static final String RULE =
      """
      {"id": "pays", "display_name": "Pays", "condition": %s, "outcome": {"inactive_for": "2592000s"},
       "enabled": true}
      """
          .formatted(PAID);

  private static final String COMPUTED =
      """
      {"id": "favourite_shop", "events": {"name": "Pay"}, "calculation": "CALCULATION_MOST_FREQUENT",
       "property": "shop"}
      """;

  /** Somebody whose every value bears their word, and who uses everything the platform has. */
  private final class Person {

    private final String word;
    private final String login;
    private final String firstDevice;
    private final String secondDevice;
    private final String card;
    private final String city;
    private final String shop;
    private final String broken;
    private final String text;
    private final String reason;

    Person(String word) {
      this.word = word;
      this.login = word + "-login";
      this.firstDevice = word + "-phone";
      this.secondDevice = word + "-tablet";
      this.card = word + "-card-62250981";
      this.city = word + "-city";
      this.shop = word + "-shop";
      this.broken = word + "-broken";
      this.text = word + "-text-3";
      this.reason = word + " called and said so";
    }

    String[] values() {
      return new String[] {
        login, firstDevice, secondDevice, card, city, shop, broken, text, reason
      };
    }

    void lives() {
      sensors("track_signup", "SignUp", login, firstDevice, Map.of());
      sensors("track", "Pay", login, firstDevice, Map.of("shop", shop));
      sensors("profile_set", "", login, firstDevice, Map.of("card", card));
      sensors("track", "Open", "", secondDevice, Map.of());
      sensors("profile_set", "", "", secondDevice, Map.of("city", city));
      sensors("nonsense", "Pay", login, firstDevice, Map.of("shop", broken));
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  call("GET", "/api/v1/profiles/" + login, "").body().contains(card)
                      && call("GET", "/api/v1/profiles/" + secondDevice, "").body().contains(city));
      send(
          "POST",
          "/api/v1/userMerges",
          Json.write(Map.of("user_id", secondDevice, "other_user_id", login, "reason", reason)));
      send(
          "POST",
          "/api/v1/consents:record",
          Json.write(
              Map.of(
                  "request_id",
                  word,
                  "decisions",
                  List.of(
                      Map.of(
                          "login_id",
                          login,
                          "purpose",
                          "PURPOSE_SHARING",
                          "state",
                          "CONSENT_STATE_WITHDRAWN",
                          "text_version",
                          text)))));
    }

    private void sensors(
        String type, String event, String login, String device, Map<String, String> properties) {
      Map<String, Object> record = new HashMap<>();
      record.put("type", type);
      record.put("event", event);
      record.put("distinct_id", login.isEmpty() ? device : login);
      if (!login.isEmpty()) {
        record.put("login_id", login);
      }
      record.put("anonymous_id", device);
      record.put("original_id", device);
      record.put("time", time + sent);
      record.put("_track_id", time + sent++);
      record.put("properties", properties);
      record.put("lib", Map.of("$lib", "Java", "$lib_version", "3.4.0"));
      String body = Base64.getEncoder().encodeToString(bytes(Json.write(record)));
      HttpRequest request =
          HttpRequest.newBuilder(
                  URI.create(
                      platform.url("/sa?project=" + project + "&token=" + branch.writeKey())))
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(
                  BodyPublishers.ofString(
                      "data=" + URLEncoder.encode(body, StandardCharsets.UTF_8)))
              .build();
      assertThat(exchange(request).statusCode()).isEqualTo(200);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private HttpResponse<String> export(String id) {
    return call("POST", "/api/v1/exports", Json.write(Map.of("user_id", id)));
  }

  private String send(String method, String path, String body) {
    HttpResponse<String> reply = call(method, path, body);
    assertThat(reply.statusCode()).as(path + ": " + reply.body()).isLessThan(300);
    return reply.body();
  }

  private HttpResponse<String> call(String method, String path, String body) {
    return exchange(
        HttpRequest.newBuilder(platform.installation().gateway().resolve(path))
            .header("Authorization", "Bearer " + key)
            .header("Tenure-Project-Id", project)
            .header("Content-Type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build());
  }

  private HttpResponse<String> exchange(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }
}
