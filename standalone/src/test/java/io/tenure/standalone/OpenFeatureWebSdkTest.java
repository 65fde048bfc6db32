package io.tenure.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.platform.json.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The OpenFeature SDK for web pages with its OFREP provider, as published, on a page of another
 * origin.
 */
final class OpenFeatureWebSdkTest {

  private static final String FLAGS = "/ofrep/v1/evaluate/flags";

  private final TestPlatform platform = TestPlatform.running();

  @Test
  void servesAPageWithOneRequest() throws Exception {
    try (FlagProject project = FlagProject.in(platform, "openfeature-web-decides")) {
      JsonNode page = page(project, "decides");
      JsonNode flags = page.path("flags");

      assertServed(flags.path("welcome"), "\"Good day\"", "day", "STATIC");
      assertServed(flags.path("new-menu"), "true", "on", "TARGETING_MATCH");
      assertServed(flags.path("rate"), "0.25", "usual", "STATIC");
      assertServed(
          flags.path("theme"),
          "{\"colour\":\"#0a0\",\"sizes\":[12,14.5],\"dark\":false}",
          "green",
          "STATIC");
      assertServed(flags.path("old-screen"), "false", "off", "DISABLED");
      assertServed(flags.path("program-default"), "\"mine\"", "own", "STATIC");
      assertThat(flags.path("page-size").path("reason").asString()).isEqualTo("SPLIT");
      assertThat(flags.path("page-size").path("value").intValue()).isIn(20, 50);
      assertThat(metadata(flags, "new-menu").path("rule").asString()).isEqualTo("shanghai");

      assertThat(flags.properties()).extracting(Map.Entry::getKey).hasSize(FlagProject.KEYS.size());
      flags.forEachEntry(
          (key, details) -> {
            assertThat(details.has("errorCode")).as(key).isFalse();
            Decision single = Decision.ofOfrep(page.path("single").path(key));
            assertThat(details.path("variant").asString()).isEqualTo(single.variant());
            assertThat(details.path("reason").asString()).isEqualTo(single.reason());
            assertThat(explained(project, key)).isEqualTo(single);
          });
    }
  }

  private static void assertServed(JsonNode details, String value, String variant, String reason) {
    assertThat(details.path("value")).isEqualTo(Json.read(value));
    assertThat(details.path("variant").asString()).isEqualTo(variant);
    assertThat(details.path("reason").asString()).isEqualTo(reason);
  }

  private static JsonNode metadata(JsonNode flags, String key) {
    return flags.path(key).path("flagMetadata");
  }

  private static Decision explained(FlagProject project, String key) {
    return Decision.ofEvaluation(
        project
            .post(
                "/api/v1/flags/" + key + ":explain",
                "{\"targeting_key\": \"web-ann\", \"context\": {\"city\": \"Shanghai\"}}")
            .path("evaluation"));
  }

  @Test
  void letsAPageSayWhatItsUserSaw() throws Exception {
    try (FlagProject project = FlagProject.in(platform, "openfeature-web-sees");
        Api team = new Api(project.gateway(), project.secretKey())) {
      JsonNode page = page(project, "decides");
      JsonNode checkout = page.path("flags").path("checkout");

      assertThat(checkout.path("reason").asString()).isEqualTo("SPLIT");
      assertThat(metadata(page.path("flags"), "checkout").path("experiment").asString())
          .isEqualTo("checkout-test");
      assertThat(page.path("exposure").asString()).isEqualTo("RESULT_ACCEPTED");
      List<JsonNode> events = new StoredRecords(team).events("web-ann", "experiment_exposure", 1);
      assertThat(events).hasSize(1);
      assertThat(events.getFirst().path("properties").path("variant").asString())
          .isEqualTo(checkout.path("variant").asString());
    }
  }

  @Test
  void tellsWhatIsWrong() throws Exception {
    try (FlagProject project = FlagProject.in(platform, "openfeature-web-wrong")) {
      JsonNode page = page(project, "decides");

      JsonNode unknown = page.path("wrong").path("unknown");
      assertThat(unknown.path("errorCode").asString()).isEqualTo("FLAG_NOT_FOUND");
      assertThat(unknown.path("value").asString()).isEqualTo("mine");
      JsonNode mistaken = page.path("wrong").path("mistaken");
      assertThat(mistaken.path("errorCode").asString()).isEqualTo("TYPE_MISMATCH");
      assertThat(mistaken.path("value").booleanValue()).isTrue();
      assertThat(page.path("nobody"))
          .isEqualTo(Json.read("{\"status\": 400, \"code\": \"TARGETING_KEY_MISSING\"}"));
      assertThat(page.path("missing"))
          .isEqualTo(Json.read("{\"status\": 404, \"code\": \"FLAG_NOT_FOUND\"}"));
    }
  }

  @Test
  void tellsAPageThatFlagsChanged() throws Exception {
    try (FlagProject project = FlagProject.in(platform, "openfeature-web-hears")) {
      JsonNode page = page(project, "hears");

      assertServed(page.path("before"), "\"Good day\"", "day", "STATIC");
      assertServed(page.path("after"), "\"Good evening\"", "evening", "STATIC");
      assertThat(page.path("changed").valueStream().map(JsonNode::asString))
          .containsExactly("welcome");
      assertThat(statuses(page.path("first"))).containsExactly(200, 200);
      assertServed(page.path("cached"), "\"Good evening\"", "evening", "CACHED");
      assertThat(statuses(page.path("second"))).as("a second visit").containsExactly(304);
      assertServed(page.path("elsewhere"), "false", "off", "DEFAULT");
      assertThat(statuses(page.path("third"))).as("another context").containsExactly(200);
    }
  }

  /** Of the bulk evaluations among requests. */
  private static List<Integer> statuses(JsonNode requests) {
    return requests
        .valueStream()
        .filter(request -> request.path("path").asString().equals(FLAGS))
        .map(request -> request.path("status").intValue())
        .toList();
  }

  @Test
  void tellsAPageWhatChangedBeforeItListened() throws Exception {
    try (FlagProject project = FlagProject.in(platform, "openfeature-web-late")) {
      JsonNode page = page(project, "late");

      assertServed(page.path("before"), "\"Good day\"", "day", "STATIC");
      assertServed(page.path("after"), "\"Good evening\"", "evening", "STATIC");
    }
  }

  @Test
  void refusesAKeyNobodyKnowsAndAPageWithoutAUser() throws Exception {
    try (FlagProject project = FlagProject.in(platform, "openfeature-web-refused")) {
      JsonNode page = page(project, "refused");

      assertThat(page.path("stranger").asString()).isEqualTo("PROVIDER_FATAL");
      assertThat(page.path("refused").path("value").asString()).isEqualTo("Hello");
      assertThat(page.path("refused").path("errorCode").asString()).isEqualTo("PROVIDER_FATAL");
      assertThat(page.path("nobody").asString()).isEqualTo("GENERAL");
      assertThat(statuses(page.path("requests"))).startsWith(401).endsWith(400);
    }
  }

  /** What a page printed last. */
  private static JsonNode page(FlagProject project, String scenario) throws Exception {
    String printed =
        PublishedClients.node(
            "openfeature.mjs",
            scenario,
            project.gateway().toString(),
            project.writeKey(),
            project.secretKey());
    return Json.read(
        printed
            .lines()
            .filter(line -> line.startsWith("{"))
            .reduce((_, last) -> last)
            .orElseThrow());
  }
}
