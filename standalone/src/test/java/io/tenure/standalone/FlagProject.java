package io.tenure.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.platform.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A project of its own with flags of every type, made as a team makes them, by REST. */
final class FlagProject implements AutoCloseable {

  /** Every flag, by key. */
  static final List<String> KEYS =
      List.of(
          "checkout",
          "new-menu",
          "old-screen",
          "page-size",
          "program-default",
          "rate",
          "theme",
          "welcome");

  /** Serves one value to everybody. */
  private static final String WELCOME =
      """
      {"key": "welcome", "enabled": true, "off_variant": "none",
       "variants": [{"name": "none", "value": ""}, {"name": "day", "value": "Good day"},
                    {"name": "evening", "value": "Good evening"}],
       "fallthrough": {"shares": [{"variant": "day", "weight": 10000}]}}
      """;

  /** Serves something else to those a condition holds for. */
  private static final String NEW_MENU =
      """
      {"key": "new-menu", "enabled": true, "off_variant": "off",
       "variants": [{"name": "on", "value": true}, {"name": "off", "value": false}],
       "rules": [{"name": "shanghai",
                  "condition": {"trait": {"name": "city", "operator": "OPERATOR_EQUAL", "values": ["Shanghai"]}},
                  "allocation": {"shares": [{"variant": "on", "weight": 10000}]}}],
       "fallthrough": {"shares": [{"variant": "off", "weight": 10000}]}}
      """;

  /** Splits everybody. */
  private static final String PAGE_SIZE =
      """
      {"key": "page-size", "enabled": true, "off_variant": "short",
       "variants": [{"name": "short", "value": 20}, {"name": "long", "value": 50}],
       "fallthrough": {"shares": [{"variant": "short", "weight": 5000}, {"variant": "long", "weight": 5000}]}}
      """;

  private static final String RATE =
      """
      {"key": "rate", "enabled": true, "off_variant": "usual",
       "variants": [{"name": "usual", "value": 0.25}],
       "fallthrough": {"shares": [{"variant": "usual", "weight": 10000}]}}
      """;

  private static final String THEME =
      """
      {"key": "theme", "enabled": true, "off_variant": "green",
       "variants": [{"name": "green", "value": {"colour": "#0a0", "sizes": [12, 14.5], "dark": false}}],
       "fallthrough": {"shares": [{"variant": "green", "weight": 10000}]}}
      """;

  private static final String OLD_SCREEN =
      """
      {"key": "old-screen", "enabled": false, "off_variant": "off",
       "variants": [{"name": "on", "value": true}, {"name": "off", "value": false}],
       "fallthrough": {"shares": [{"variant": "on", "weight": 10000}]}}
      """;

  /** Leaves the value to the program that asks. */
  private static final String PROGRAM_DEFAULT =
      """
      {"key": "program-default", "enabled": true, "off_variant": "own",
       "variants": [{"name": "own", "value": null}],
       "fallthrough": {"shares": [{"variant": "own", "weight": 10000}]}}
      """;

  private static final String CHECKOUT =
      """
      {"key": "checkout", "enabled": true, "off_variant": "one-page",
       "variants": [{"name": "one-page", "value": "one"}, {"name": "steps", "value": "three"}],
       "rules": [{"name": "test", "experiment": "checkout-test"}],
       "fallthrough": {"shares": [{"variant": "one-page", "weight": 10000}]}}
      """;

  private static final String METRIC =
      """
      {"key": "transfers", "window": "1209600s",
       "sum": {"selector": {"name": "transfer_completed"}, "property": "amount"}, "currency": "CNY"}
      """;

  private static final String EXPERIMENT =
      """
      {"key": "checkout-test", "flag_key": "checkout", "hypothesis": "In steps more people finish.",
       "arms": [{"variant": "one-page", "weight": 5000}, {"variant": "steps", "weight": 5000}],
       "control": "one-page",
       "plan": {"goal_metric_keys": ["transfers"], "smallest_effect": 0.02, "planned_units": 200000}}
      """;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI gateway;
  private final String id;
  private final String writeKey;
  private final String secretKey;

  private FlagProject(URI gateway, String id, String writeKey, String secretKey) {
    this.gateway = gateway;
    this.id = id;
    this.writeKey = writeKey;
    this.secretKey = secretKey;
  }

  /** Makes the project, its flags and an experiment that deals everybody. */
  static FlagProject in(TestPlatform platform, String id) {
    JsonNode created =
        platform.api().post("/api/v1/projects", Json.write(Map.of("id", id, "display_name", id)));
    FlagProject project =
        new FlagProject(
            platform.installation().gateway(),
            id,
            created.path("write_key").asString(),
            created.path("secret_key").asString());
    for (String flag :
        List.of(WELCOME, NEW_MENU, PAGE_SIZE, RATE, THEME, OLD_SCREEN, PROGRAM_DEFAULT, CHECKOUT)) {
      project.post("/api/v1/flags", flag);
    }
    project.post("/api/v1/metrics", METRIC);
    project.post("/api/v1/experiments", EXPERIMENT);
    String move = "/api/v1/experiments/checkout-test:move";
    project.post(move, "{\"submit\": {}}");
    project.send(platform.session(), move, "{\"approve\": {}}");
    project.post(move, "{\"start\": {}}");
    return project;
  }

  String id() {
    return id;
  }

  URI gateway() {
    return gateway;
  }

  String writeKey() {
    return writeKey;
  }

  String secretKey() {
    return secretKey;
  }

  /** As a team's server. */
  JsonNode post(String path, String json) {
    return send(secretKey, path, json);
  }

  /** As an app. */
  JsonNode postAsApp(String path, String json) {
    return send(writeKey, path, json);
  }

  private JsonNode send(String credential, String path, String json) {
    HttpRequest request =
        HttpRequest.newBuilder(gateway.resolve(path))
            .header("Authorization", "Bearer " + credential)
            .header("Tenure-Project-Id", id)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json))
            .build();
    try {
      HttpResponse<String> reply = http.send(request, BodyHandlers.ofString());
      assertThat(reply.statusCode()).as("%s: %s", path, reply.body()).isEqualTo(200);
      return Json.read(reply.body());
    } catch (IOException exception) {
      throw new java.io.UncheckedIOException(exception);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
