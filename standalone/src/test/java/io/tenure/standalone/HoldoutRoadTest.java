package io.tenure.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.tenure.platform.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A hold-out from its definition to what everything it kept its people from has done. */
final class HoldoutRoadTest {

  private static final String PROJECT = "holdout-road";
  private static final int PEOPLE = 1_500;
  private static final int BATCH = 500;
  private static final String REPORT = "/api/v1/holdouts/everything/report";

  private final TestPlatform platform = TestPlatform.running();

  @Test
  void showsWhatAllExperimentsDidTogether() {
    Api api = platform.branch(PROJECT).api();
    define(api);
    assertThatThrownBy(() -> api.get(REPORT)).hasMessageContaining("No experiment was started");
    start(api);

    List<String> heldOut = new ArrayList<>();
    List<String> treated = new ArrayList<>();
    for (int from = 0; from < PEOPLE; from += BATCH) {
      List<String> people = IntStream.range(from, from + BATCH).mapToObj(i -> "h-" + i).toList();
      JsonNode outcomes = assign(api, people);
      for (int i = 0; i < BATCH; i++) {
        JsonNode assignment = outcomes.get(i).path("assignment");
        boolean held = assignment.path("reason").asString().endsWith("HELD_OUT");
        (held ? heldOut : treated).add(people.get(i));
      }
    }
    act(api, heldOut, treated);

    JsonNode report = report(api, "");
    assertThat(report.path("arms").get(0).path("units").asInt()).isEqualTo(heldOut.size());
    assertThat(report.path("arms").get(1).path("units").asInt()).isEqualTo(treated.size());
    JsonNode comparison = report.path("metrics").get(0).path("analysis").path("comparisons").get(0);
    double before = rate(heldOut.size(), 2);
    double with = rate(treated.size(), 10);
    assertThat(comparison.path("arm").asString()).isEqualTo("treated");
    assertThat(comparison.path("control").path("value").asDouble()).isCloseTo(before, within(1e-9));
    assertThat(comparison.path("treatment").path("value").asDouble()).isCloseTo(with, within(1e-9));
    JsonNode effect = comparison.path("effect");
    assertThat(effect.path("estimate").asDouble()).isCloseTo(with / before - 1, within(1e-9));
    assertThat(effect.path("significant").booleanValue()).isTrue();
    assertThat(report.path("experiments").get(0).path("key").asString()).isEqualTo("rates-test");
    assertThat(report.path("series").get(0).path("points")).isNotEmpty();

    String asOf = report.path("as_of").asString();
    assertThat(api.get(REPORT + "?covariate_days=0&as_of=" + asOf).path("report").path("metrics"))
        .isEqualTo(report.path("metrics"));
    assertThatThrownBy(() -> api.get(REPORT + "?covariate_days=91"))
        .hasMessageContaining("covariate_days");
    assertThatThrownBy(() -> api.get(REPORT + "?metric_keys=profit")).hasMessageContaining("404");
  }

  private static void define(Api api) {
    api.post(
        "/api/v1/metrics",
        "{\"key\": \"bought\", \"conversion\": {\"selector\": {\"name\": \"buy\"}}}");
    api.post(
        "/api/v1/holdouts",
        "{\"key\": \"everything\", \"display_name\": \"Everything\", \"share\": 3000}");
    api.post(
        "/api/v1/flags",
        """
        {"key": "rates", "enabled": true, "off_variant": "old",
          "variants": [{"name": "old", "value": "old"}, {"name": "new", "value": "new"}],
          "rules": [{"name": "test", "experiment": "rates-test"}],
          "fallthrough": {"shares": [{"variant": "old", "weight": 10000}]}}
        """);
    api.post(
        "/api/v1/experiments",
        """
        {"key": "rates-test", "flag_key": "rates", "hypothesis": "It sells.", "control": "old",
          "arms": [{"variant": "new", "weight": 5000}, {"variant": "old", "weight": 5000}],
          "holdout_keys": ["everything"],
          "plan": {"goal_metric_keys": ["bought"], "smallest_effect": 0.1, "planned_units": 10000}}
        """);
  }

  private void start(Api api) {
    String move = "/api/v1/experiments/rates-test:move";
    api.post(move, "{\"submit\": {}}");
    try (Api person = new Api(platform.installation().gateway(), platform.session(), PROJECT)) {
      person.post(move, "{\"approve\": {}}");
    }
    api.post(move, "{\"start\": {}}");
  }

  private static JsonNode assign(Api api, List<String> people) {
    List<Map<String, String>> subjects =
        people.stream().map(id -> Map.of("targeting_key", id)).toList();
    return api.post(
            "/api/v1/experiments/rates-test:assignBatch", Json.write(Map.of("subjects", subjects)))
        .path("outcomes");
  }

  /** Everybody opens the app; one in two of those held out buys, and one in ten of the others. */
  private void act(Api api, List<String> heldOut, List<String> treated) {
    List<Map<String, Object>> events = new ArrayList<>();
    buyers(events, heldOut, 2);
    buyers(events, treated, 10);
    for (int from = 0; from < events.size(); from += BATCH) {
      api.post(
          "/api/v1/events:batch",
          Json.write(
              Map.of("events", events.subList(from, Math.min(events.size(), from + BATCH)))));
    }
    await()
        .atMost(Duration.ofMinutes(5))
        .until(
            () -> {
              JsonNode arms = report(api, "&metric_keys=bought").path("arms");
              return arms.get(0).path("units").asInt() + arms.get(1).path("units").asInt()
                  == PEOPLE;
            });
  }

  /** As of this very moment; usually a report is of the last full minute. */
  private static JsonNode report(Api api, String more) {
    return api.get(REPORT + "?covariate_days=0&as_of=" + Instant.now() + more).path("report");
  }

  private static void buyers(List<Map<String, Object>> events, List<String> people, int each) {
    for (int i = 0; i < people.size(); i++) {
      events.add(event("open", people.get(i)));
      if (i % each == 0) {
        events.add(event("buy", people.get(i)));
      }
    }
  }

  private static Map<String, Object> event(String name, String person) {
    return Map.of("event_id", name + "-" + person, "login_id", person, "name", name);
  }

  private static double rate(int people, int each) {
    int buyers = (people + each - 1) / each;
    return (double) buyers / people;
  }
}
