package io.tenure.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.tenure.platform.json.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** An experiment from its draft to a decision, by people who see it and do what it measures. */
final class ExperimentRoadTest {

  private static final int PEOPLE = 2_000;
  private static final int BATCH = 500;
  private static final String KEY = "road-test";
  private static final String PATH = "/api/v1/experiments/" + KEY;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final TestPlatform platform = TestPlatform.running();
  private final Api api = platform.api();

  /** People by the variant they saw, in order. */
  private final Map<String, List<String>> seen =
      Map.of("old", new ArrayList<>(), "new", new ArrayList<>());

  @Test
  void showsWhatAnExperimentDidAndProposesWhatToDo() {
    begin();
    expose();
    act();

    JsonNode results = api.get(PATH + "/results?dimension_property=unit_type").path("results");

    int old = seen("old").size();
    int fresh = seen("new").size();
    assertThat(results.path("basis").path("units").asInt()).isEqualTo(PEOPLE);
    assertThat(results.path("basis").path("registration_sha256").asString()).hasSize(64);
    assertThat(results.path("arms").get(0).path("units").asInt()).isEqualTo(old);
    assertThat(results.path("arms").get(1).path("units").asInt()).isEqualTo(fresh);
    JsonNode paid = comparison(results, "goals", 0);
    double rate = (double) payers("old", old) / old;
    double better = (double) payers("new", fresh) / fresh;
    assertThat(paid.path("control").path("value").asDouble()).isCloseTo(rate, within(1e-9));
    assertThat(paid.path("treatment").path("value").asDouble()).isCloseTo(better, within(1e-9));
    assertThat(paid.path("effect").path("estimate").asDouble())
        .isCloseTo(better / rate - 1, within(1e-9));
    assertThat(paid.path("effect").path("significant").booleanValue()).isTrue();
    JsonNode amount = comparison(results, "goals", 1);
    assertThat(amount.path("control").path("value").asDouble())
        .isCloseTo(rate * 12.5, within(1e-6));
    assertThat(comparison(results, "guardrails", 0).path("guardrail").path("state").asString())
        .isEqualTo("GUARDRAIL_STATE_HOLDS");
    JsonNode slice = results.path("goals").get(0).path("slices").get(0);
    assertThat(slice.path("value").asString()).isEqualTo("user");
    assertThat(slice.path("analysis").path("comparisons").get(0).path("control").path("value"))
        .isEqualTo(paid.path("control").path("value"));

    JsonNode health = api.get(PATH + "/health").path("health");
    assertThat(health.path("severity").asString()).as(health.toString()).contains("FINE");
    assertThat(health.path("power")).hasSize(2);
    JsonNode series = api.get(PATH + "/timeseries").path("series");
    assertThat(series.get(0).path("points")).hasSize(1);
    JsonNode proposal = api.get(PATH + "/decision").path("proposal");
    assertThat(proposal.path("kind").asString()).isEqualTo("PROPOSAL_KIND_SHIP");
    assertThat(proposal.path("variant").asString()).isEqualTo("new");

    JsonNode novelty = api.get(PATH + "/novelty?metric=road-amount").path("novelty");
    assertThat(novelty.path("summary").asString()).contains("No window has ended");
    JsonNode interactions = api.get(PATH + "/interactions").path("interactions");
    assertThat(interactions.path("metric_key").asString()).isEqualTo("road-paid");
    assertThat(interactions.path("pairs")).isEmpty();

    String asOf = results.path("basis").path("as_of").asString();
    pay("old", 900, "late");
    JsonNode again = api.get(PATH + "/results?as_of=" + asOf).path("results");
    assertThat(comparison(again, "goals", 0)).isEqualTo(paid);
  }

  @Test
  void saysWhyThereIsNothingToTell() {
    assertThatThrownBy(() -> api.get("/api/v1/experiments/nobody/results"))
        .hasMessageContaining("404");
    metric("road-idle", "{\"conversion\": {\"selector\": {\"name\": \"road_idle\"}}");
    flag("road-idle-flag", "road-idle-test");
    draft("road-idle-test", "road-idle-flag", "[\"road-idle\"]", "[]");
    assertThatThrownBy(() -> api.get("/api/v1/experiments/road-idle-test/results"))
        .hasMessageContaining("was never started");
    assertThatThrownBy(() -> api.get(PATH + "/novelty?metric=road-idle"))
        .hasMessageContaining("metric");
    assertThatThrownBy(() -> api.get(PATH + "/interactions?with=nobody"))
        .hasMessageContaining("404");
    assertThatThrownBy(
            () -> api.get(PATH + "/results?dimension_trait=city&dimension_property=unit_type"))
        .hasMessageContaining("dimension_property");
  }

  private void begin() {
    metric("road-paid", "{\"conversion\": {\"selector\": {\"name\": \"road_pay\"}}");
    metric(
        "road-amount",
        """
        {"cap_quantile": 0.99, "currency": "CNY", "sum": {"selector": {"name": "road_pay"}, "property": "amount"}
        """);
    metric(
        "road-complaints",
        """
        {"direction": "METRIC_DIRECTION_LOWER_IS_BETTER", "count": {"selector": {"name": "road_complain"}}
        """);
    flag("road", KEY);
    draft(
        KEY,
        "road",
        "[\"road-paid\", \"road-amount\"]",
        "[{\"metric_key\": \"road-complaints\", \"margin\": 1}]");
    api.post(PATH + ":move", "{\"submit\": {}}");
    try (Api person = new Api(platform.installation().gateway(), platform.session())) {
      person.post(PATH + ":move", "{\"approve\": {}}");
    }
    api.post(PATH + ":move", "{\"start\": {}}");
  }

  private void metric(String key, String definition) {
    api.post("/api/v1/metrics", definition.strip() + ", \"key\": \"" + key + "\"}");
  }

  private void flag(String key, String experiment) {
    api.post(
        "/api/v1/flags",
        """
        {"key": "%s", "enabled": true, "off_variant": "old",
          "variants": [{"name": "old", "value": "old"}, {"name": "new", "value": "new"}],
          "rules": [{"name": "test", "experiment": "%s"}],
          "fallthrough": {"shares": [{"variant": "old", "weight": 10000}]}}
        """
            .formatted(key, experiment));
  }

  private void draft(String key, String flag, String goals, String guardrails) {
    api.post(
        "/api/v1/experiments",
        """
        {"key": "%s", "flag_key": "%s", "hypothesis": "It is easier.", "control": "old",
          "arms": [{"variant": "new", "weight": 5000}, {"variant": "old", "weight": 5000}],
          "plan": {"goal_metric_keys": %s, "guardrails": %s, "design": "DESIGN_KIND_CONFIDENCE_SEQUENCE",
            "smallest_effect": 0.1, "planned_units": %d, "covariate_days": 7}}
        """
            .formatted(key, flag, goals, guardrails, PEOPLE));
  }

  /** Everybody is served as an app is, and says so. */
  private void expose() {
    List<Map<String, String>> exposures = new ArrayList<>();
    for (int person = 0; person < PEOPLE; person++) {
      String id = "road-" + person;
      JsonNode served =
          api.post(
              "/ofrep/v1/evaluate/flags/road",
              Json.write(Map.of("context", Map.of("targetingKey", id))));
      seen(served.path("variant").asString()).add(id);
      exposures.add(Map.of("token", served.path("metadata").path("exposureToken").asString()));
    }
    for (int from = 0; from < PEOPLE; from += BATCH) {
      JsonNode outcomes =
          api.post(
                  "/api/v1/exposures:record",
                  Json.write(Map.of("exposures", exposures.subList(from, from + BATCH))))
              .path("outcomes");
      assertThat(outcomes.toString()).doesNotContain("REFUSED");
    }
  }

  /** Of 20 people 3 pay after they saw the old and 6 after they saw the new; one complains. */
  private void act() {
    List<Map<String, Object>> events = new ArrayList<>();
    seen.forEach(
        (variant, people) -> {
          for (int i = 0; i < people.size(); i++) {
            if (i % 20 < paysOf20(variant)) {
              events.add(event("road_pay", people.get(i), ""));
            }
            if (i % 20 == 0) {
              events.add(event("road_complain", people.get(i), ""));
            }
          }
        });
    send(events);
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                platform
                    .rows(
                        "SELECT toString(uniqExact(event_id)) FROM events_v1 WHERE name IN"
                            + " ('road_pay', 'road_complain', 'experiment_exposure') AND login_id"
                            + " LIKE 'road-%'")
                    .getFirst()
                    .equals(Integer.toString(PEOPLE + events.size())));
  }

  private void pay(String variant, int person, String suffix) {
    send(List.of(event("road_pay", seen(variant).get(person), suffix)));
  }

  private void send(List<Map<String, Object>> events) {
    for (int from = 0; from < events.size(); from += BATCH) {
      api.post(
          "/api/v1/events:batch",
          Json.write(
              Map.of("events", events.subList(from, Math.min(events.size(), from + BATCH)))));
    }
  }

  private static Map<String, Object> event(String name, String person, String suffix) {
    Map<String, Object> event = new HashMap<>();
    event.put("event_id", name + "-" + person + suffix);
    event.put("login_id", person);
    event.put("name", name);
    event.put("properties", Map.of("amount", 12.5));
    return event;
  }

  private List<String> seen(String variant) {
    return Objects.requireNonNull(seen.get(variant), variant);
  }

  private static int paysOf20(String variant) {
    return variant.equals("new") ? 6 : 3;
  }

  private static long payers(String variant, int people) {
    return IntStream.range(0, people).filter(person -> person % 20 < paysOf20(variant)).count();
  }

  private static JsonNode comparison(JsonNode results, String kind, int metric) {
    JsonNode comparison =
        results.path(kind).get(metric).path("analysis").path("comparisons").get(0);
    assertThat(comparison.path("arm").asString()).as(results.toString()).isEqualTo("new");
    return comparison;
  }
}
