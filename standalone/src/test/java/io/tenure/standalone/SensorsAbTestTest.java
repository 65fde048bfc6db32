package io.tenure.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tenure.platform.json.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The A/B SDKs of Sensors Data, as published: the one for Java (SensorsABTesting 0.0.3) and the
 * plugin of sa-sdk-javascript in a jsdom browser.
 */
final class SensorsAbTestTest {

  private static final int USERS = 500;
  private static final TestPlatform PLATFORM = TestPlatform.running();

  private final StoredRecords stored = new StoredRecords(PLATFORM.api());

  /**
   * Four fifths of the units take part in each experiment that runs; whoever is on the list does
   * not.
   */
  @BeforeAll
  static void runExperiments() {
    PLATFORM
        .api()
        .post(
            "/api/v1/metrics",
            Json.write(
                Map.of(
                    "key", "ab-payments", "count", Map.of("selector", Map.of("name", "AbPaid")))));
    Map<String, Object> texts = new TreeMap<>(Map.of("small", "a small one", "big", "a big one"));
    testFlag("ab-button", "UNIT_TYPE_USER", texts);
    testFlag("ab-browser", "UNIT_TYPE_DEVICE", texts);
    testFlag("ab-limit", "UNIT_TYPE_ACCOUNT", texts);
    testFlag("ab-integer", "UNIT_TYPE_USER", new TreeMap<>(Map.of("small", 7, "big", 7)));
    testFlag("ab-truth", "UNIT_TYPE_USER", new TreeMap<>(Map.of("small", true, "big", true)));
    testFlag(
        "ab-json",
        "UNIT_TYPE_USER",
        new TreeMap<>(Map.of("small", Map.of("rows", 3), "big", Map.of("rows", 3))));
    testFlag("ab-decimal", "UNIT_TYPE_USER", new TreeMap<>(Map.of("small", 2.5, "big", 2.5)));
    try (Api reviewer = new Api(PLATFORM.installation().gateway(), PLATFORM.session())) {
      for (String flag : List.of("ab-button", "ab-browser", "ab-limit")) {
        move(PLATFORM.api(), flag, "submit");
        move(reviewer, flag, "approve");
        move(PLATFORM.api(), flag, "start");
      }
    }
  }

  private static void testFlag(String key, String unitType, Map<String, Object> values) {
    List<Map<String, Object>> variants = new ArrayList<>();
    values.forEach((name, value) -> variants.add(Map.of("name", name, "value", value)));
    PLATFORM
        .api()
        .post(
            "/api/v1/flags",
            Json.write(
                Map.of(
                    "key",
                    key,
                    "enabled",
                    true,
                    "variants",
                    variants,
                    "off_variant",
                    "small",
                    "forced",
                    List.of(Map.of("variants", Map.of(key + "-0", "big"))),
                    "rules",
                    List.of(Map.of("name", "test", "experiment", key + "-test")),
                    "fallthrough",
                    Map.of("shares", List.of(Map.of("variant", "small", "weight", 10_000))))));
    PLATFORM
        .api()
        .post(
            "/api/v1/experiments",
            Json.write(
                Map.of(
                    "key",
                    key + "-test",
                    "flag_key",
                    key,
                    "hypothesis",
                    "It helps.",
                    "unit_type",
                    unitType,
                    "arms",
                    List.of(
                        Map.of("variant", "small", "weight", 5_000),
                        Map.of("variant", "big", "weight", 5_000)),
                    "control",
                    "small",
                    "ramp",
                    List.of(Map.of("share", 8_000, "after", "0s")),
                    "plan",
                    Map.of(
                        "goal_metric_keys",
                        List.of("ab-payments"),
                        "smallest_effect",
                        0.02,
                        "planned_units",
                        10_000))));
  }

  private static void move(Api person, String flag, String move) {
    person.post("/api/v1/experiments/" + flag + "-test:move", Json.write(Map.of(move, Map.of())));
  }

  @Test
  void servesAndCountsEachUserAsOpenFeatureDoes() throws Exception {
    Map<String, JsonNode> expected = new HashMap<>();
    for (int number = 0; number < USERS; number++) {
      String user = "ab-button-" + number;
      expected.put(user, ofrep("ab-button", Map.of("targetingKey", user)));
    }

    Map<String, List<String>> shown = ask("users", "ab-button", "ab-button", USERS);

    assertThat(shown).hasSize(USERS);
    List<String> dealt = new ArrayList<>();
    shown.forEach(
        (user, answer) -> {
          JsonNode decision = Objects.requireNonNull(expected.get(user));
          boolean taking = decision.path("metadata").has("experiment");
          String variant = decision.path("variant").stringValue();
          assertThat(answer)
              .as(user)
              .containsExactly(
                  decision.path("value").stringValue(),
                  "ab-button-test#1",
                  variant,
                  Boolean.toString(variant.equals("small")),
                  Boolean.toString(!taking));
          if (taking) {
            dealt.add(user + " " + variant);
          }
        });
    assertThat(dealt).hasSizeBetween(USERS * 7 / 10, USERS * 9 / 10);
    assertThat(shown.get("ab-button-0")).endsWith("big", "false", "true");
    assertThat(exposures("ab-button-test", dealt.size()))
        .containsExactlyInAnyOrderElementsOf(
            dealt.stream()
                .map(
                    one -> {
                      String user = one.split(" ", 2)[0];
                      return "%s 1 user %s %s".formatted(one.split(" ", 2)[1], user, user);
                    })
                .toList());
  }

  @Test
  void storesAnExposureLikeAnyOther() throws Exception {
    ask("users", "ab-button", "ab-single", 20);
    String user = exposures("ab-button-test", "ab-single", 1).getFirst().replaceFirst(".* ", "");

    JsonNode event = stored.events(user, "experiment_exposure", 1).getFirst();

    JsonNode properties = event.path("properties");
    assertThat(properties.path("experiment").asString()).isEqualTo("ab-button-test");
    assertThat(properties.path("phase").asInt()).isEqualTo(1);
    assertThat(properties.path("unit").asString()).isEqualTo(user);
    assertThat(properties.path("unit_type").asString()).isEqualTo("user");
    assertThat(properties.path("variant").asString()).isIn("small", "big");
    assertThat(properties.path("$abtest_experiment_id").asString()).isEqualTo("ab-button-test#1");
    assertThat(properties.path("$lib").asString()).isEqualTo("Java");
    assertThat(stored.eventsNow(user, "$ABTestTrigger")).isEmpty();
  }

  @Test
  void dealsDevicesAsOpenFeatureDoes() throws Exception {
    Map<String, List<String>> shown = ask("devices", "ab-browser", "ab-device", 60);

    List<String> dealt = new ArrayList<>();
    shown.forEach(
        (device, answer) -> {
          JsonNode decision =
              ofrep("ab-browser", Map.of("targetingKey", "somebody", "device_id", device));
          assertThat(answer.getFirst()).as(device).isEqualTo(decision.path("value").stringValue());
          assertThat(answer.get(1)).isEqualTo("ab-browser-test#1@device");
          if (decision.path("metadata").has("experiment")) {
            dealt.add("%s 1 device %s ".formatted(answer.get(2), device));
          }
        });
    assertThat(dealt).isNotEmpty();
    assertThat(exposures("ab-browser-test", dealt.size()))
        .containsExactlyInAnyOrderElementsOf(dealt);
  }

  @Test
  void dealsAccountsThatAnAppNames() throws Exception {
    List<String> dealt = new ArrayList<>();
    for (int number = 0; number < 5; number++) {
      String user = "ab-member-" + number;
      String account = "account-of-" + user;
      List<String> answer = Objects.requireNonNull(ask("account", "ab-limit", user, 1).get(user));
      JsonNode decision =
          ofrep("ab-limit", Map.of("targetingKey", "somebody", "account_id", account));
      assertThat(answer).startsWith(decision.path("value").stringValue());
      if (decision.path("metadata").has("experiment")) {
        dealt.add("%s 1 account %s %s".formatted(answer.get(2), account, user));
      }
    }

    assertThat(dealt).isNotEmpty();
    assertThat(exposures("ab-limit-test", dealt.size())).containsExactlyInAnyOrderElementsOf(dealt);
  }

  @Test
  void servesEveryTypeToAnAppThatExpectsIt() throws Exception {
    String printed =
        PublishedClients.java(
            "AbTestClient", "types", fetchUrl(), serverUrl(), "-", "ab-typed", "1");

    assertThat(answers(printed).stream().map(line -> line.get(1)))
        .containsExactly("7", "true", "{\"rows\":3}", "2.5", "another type", "default");
  }

  @Test
  void givesAnAppItsDefaultWhenTheKeyIsWrong() throws Exception {
    String printed =
        PublishedClients.java(
            "AbTestClient",
            "users",
            PLATFORM.url("/api/v2/abtest/online/results?project-key=wk_nobody"),
            serverUrl(),
            "ab-button",
            "ab-stranger",
            "1");

    assertThat(answers(printed).getLast())
        .containsExactly("ab-stranger-0", "default", "null", "null", "null", "null");
  }

  @Test
  void servesAndCountsAPageAsOpenFeatureDoes() throws Exception {
    String user = "ab-web";
    for (int number = 0; dealtVariant(user).isEmpty(); number++) {
      user = "ab-web-" + number;
    }

    JsonNode seen =
        Json.read(
            PublishedClients.node("abtest.mjs", serverUrl(), fetchUrl(), user, "ab-button")
                .strip()
                .lines()
                .reduce("", (_, line) -> line));

    String visitor = seen.path("visitor").stringValue();
    assertThat(seen.path("before").stringValue())
        .isEqualTo(ofrep("ab-button", Map.of("targetingKey", visitor)).path("value").stringValue());
    assertThat(seen.path("after").stringValue())
        .isEqualTo(ofrep("ab-button", Map.of("targetingKey", user)).path("value").stringValue());
    String exposure = "%s 1 user %s %s".formatted(dealtVariant(user), user, user);
    assertThat(exposures("ab-button-test", user, 1)).contains(exposure);
    JsonNode properties =
        stored.events(user, "experiment_exposure", 1).getFirst().path("properties");
    assertThat(properties.path("$abtest_experiment_version").asString()).isEqualTo("1");
    assertThat(stored.eventsNow(user, "$ABTestTrigger")).isEmpty();
    assertThat(stored.eventsNow(user, "WebABTestTrigger")).isEmpty();
  }

  private String dealtVariant(String user) {
    JsonNode decision = ofrep("ab-button", Map.of("targetingKey", user));
    return decision.path("metadata").has("experiment")
        ? decision.path("variant").stringValue()
        : "";
  }

  /** What the Java SDK answered, by user: value, experiment, variant, control, white list. */
  private static Map<String, List<String>> ask(
      String scenario, String parameter, String user, int count) throws Exception {
    Map<String, List<String>> shown = new HashMap<>();
    answers(
            PublishedClients.java(
                "AbTestClient",
                scenario,
                fetchUrl(),
                serverUrl(),
                parameter,
                user,
                Integer.toString(count)))
        .forEach(line -> shown.put(line.getFirst(), line.subList(1, line.size())));
    return shown;
  }

  private static List<List<String>> answers(String printed) {
    return printed
        .lines()
        .filter(line -> line.indexOf('\t') > 0)
        .map(line -> List.of(line.split("\t")))
        .toList();
  }

  private static JsonNode ofrep(String flag, Map<String, String> context) {
    return PLATFORM
        .api()
        .post("/ofrep/v1/evaluate/flags/" + flag, Json.write(Map.of("context", context)));
  }

  /** Variant, phase, kind of unit, unit and login id of the exposures, each once. */
  private static List<String> exposures(String experiment, int atLeast) {
    return exposures(experiment, "ab-b", "ab-d", "ab-m", atLeast);
  }

  private static List<String> exposures(String experiment, String prefix, int atLeast) {
    return exposures(experiment, prefix, prefix, prefix, atLeast);
  }

  private static List<String> exposures(
      String experiment, String one, String other, String third, int atLeast) {
    String sql =
        """
        SELECT DISTINCT concat(properties['variant'], ' ', properties['phase'], ' ', properties['unit_type'],
          ' ', properties['unit'], ' ', login_id)
        FROM events_v1
        WHERE project_id = 'default' AND name = 'experiment_exposure' AND properties['experiment'] = '%s'
          AND (startsWith(concat(login_id, anonymous_id), '%s')
            OR startsWith(concat(login_id, anonymous_id), '%s')
            OR startsWith(concat(login_id, anonymous_id), '%s'))
        """
            .formatted(experiment, one, other, third);
    await().atMost(Duration.ofSeconds(60)).until(() -> PLATFORM.rows(sql).size() >= atLeast);
    return PLATFORM.rows(sql);
  }

  private static String fetchUrl() {
    return PLATFORM.url("/api/v2/abtest/online/results?project-key=" + PLATFORM.writeKey());
  }

  private static String serverUrl() {
    return PLATFORM.url("/sa?project=default&token=" + PLATFORM.writeKey());
  }
}
