package io.tenure.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tenure.platform.json.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What must make no difference to any model: the order in which events come, that they come twice,
 * that one person was two users for a while, where on earth the same days and hours are, also when
 * clocks change, and whether events of other sessions are filtered or were never there. The same
 * weeks of the same people are sent to a project for each, and every model must answer each project
 * the same.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class EveryModelTest {

  private static final ZoneId UTC = ZoneId.of("UTC");
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  /** Clocks in Berlin go forward on the 29th. */
  private static final LocalDate FIRST_DAY = LocalDate.of(2026, 3, 25);

  private static final LocalDate LAST_DAY = LocalDate.of(2026, 4, 2);
  private static final int PEOPLE = 15;
  private static final int BATCH = 40;
  private static final String ALL_SESSIONS = "";
  private static final Pattern LOOK_TIME = Pattern.compile("\"time\":\"[^\"]*\",");
  private static final Pattern DECIMAL = Pattern.compile("\\d+\\.\\d+");

  private static final Map<String, String> QUESTIONS = new LinkedHashMap<>();

  static {
    QUESTIONS.put(
        "trend",
        """
        {"measures": [{"selector": {"name": "pay"}},
            {"selector": {"name": "pay"}, "aggregate": "TREND_AGGREGATE_USERS", "rolling_periods": 3},
            {"selector": {"name": "pay"}, "aggregate": "TREND_AGGREGATE_SUM", "property": "amount"},
            {"selector": {"name": "pay"}, "aggregate": "TREND_AGGREGATE_AVERAGE", "property": "amount"},
            {"selector": {"name": "open"}, "aggregate": "TREND_AGGREGATE_PER_USER"}],
          "breakdown": {"property": "channel", "limit": 1}, "formulas": ["A / B"]}
        """);
    QUESTIONS.put(
        "funnel",
        """
        {"steps": [{"name": "open"}, {"name": "look"}, {"name": "pay"}], "session": {}, "entry": "FUNNEL_ENTRY_SESSIONS",
          "breakdown": {"property": "channel", "limit": 1}, "trend_unit": "TIME_UNIT_DAY", "next_events": 2,
          "factors": {"events": true, "properties": ["channel"]}}
        """);
    QUESTIONS.put(
        "retention",
        """
        {"start": {"name": "open"}, "return": {"name": "pay"}, "periods": 4, "cohorting": "COHORTING_FIRST_EVER",
          "amount_property": "amount", "breakdown": {"property": "channel", "limit": 1}}
        """);
    QUESTIONS.put("lifecycle", "{\"selector\": {\"name\": \"open\"}}");
    QUESTIONS.put(
        "distribution",
        "{\"selector\": {\"name\": \"pay\"}, \"active_periods\": \"TIME_UNIT_DAY\"}");
    QUESTIONS.put(
        "ltv",
        """
        {"start": {"name": "open"}, "value": {"name": "pay"}, "amount_property": "amount", "unit": "TIME_UNIT_WEEK",
          "periods": 2}
        """);
    QUESTIONS.put("path", "{\"start\": {\"name\": \"open\"}, \"steps\": 4, \"sessions\": {}}");
    QUESTIONS.put(
        "attribution",
        """
        {"targets": [{"name": "pay"}], "amount_property": "amount", "property": "channel", "lookback": "21600s",
          "touches": [{"name": "visits", "selector": {"name": "open"}}, {"name": "looks", "selector": {"name": "look"}}]}
        """);
    QUESTIONS.put(
        "interval",
        "{\"start\": {\"name\": \"open\"}, \"end\": {\"name\": \"pay\"}, \"longest\": \"3600s\"}");
    QUESTIONS.put("session", "{\"unit\": \"TIME_UNIT_DAY\", \"property\": \"channel\"}");
    QUESTIONS.put("form", "{\"form_id\": \"kyc\"}");
    QUESTIONS.put(
        "exposure",
        """
        {"pages": {"view": {"name": "look"}, "scroll": {"name": "scroll"}, "page_property": "page",
          "depth_property": "depth"}}
        """);
    QUESTIONS.put(
        "arm",
        """
        {"exposure": {"name": "open"}, "arm_property": "channel", "arms": ["app", "web"], "breakdown": {"property": "channel"},
          "metric": {"sum": {"selector": {"name": "pay"}, "property": "amount"}, "cap_quantile": 0.9}}
        """);
  }

  private final TestPlatform platform = TestPlatform.running();
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Done> done = history();
  private Map<String, JsonNode> expected = Map.of();

  /** What somebody did, by the clock on the wall. */
  private record Done(String person, LocalDateTime time, String name, Map<String, ?> properties) {}

  @BeforeAll
  void askTheFirstProject() throws Exception {
    expected = answers("plain", UTC, UnaryOperator.identity(), _ -> "");
    // Otherwise nothing below would compare anything.
    assertThat(expected).hasSameSizeAs(QUESTIONS);
    expected.forEach(
        (model, answer) -> assertThat(answer.toString()).as(model).containsPattern("[1-9]"));
    assertThat(of(expected, "funnel").path("steps").get(2).path("users").asInt()).isPositive();
    assertThat(of(expected, "form").toString()).contains("income");
  }

  @Test
  void theOrderOfArrivalMakesNoDifference() throws Exception {
    assertThat(answers("backwards", UTC, List::reversed, _ -> "")).isEqualTo(expected);
  }

  @Test
  void whatComesTwiceCountsOnce() throws Exception {
    UnaryOperator<List<Done>> twice =
        events -> {
          List<Done> both = new ArrayList<>(events);
          both.addAll(events);
          return both;
        };
    assertThat(answers("twice", UTC, twice, _ -> "")).isEqualTo(expected);
  }

  @Test
  void whoWasTwoUsersIsOneFromTheMergeOn() throws Exception {
    assertThat(answers("merged", UTC, UnaryOperator.identity(), at -> at % 2 == 0 ? "" : "-other"))
        .isEqualTo(expected);
  }

  @Test
  void theSameDaysElsewhereAreTheSameAlsoWhenClocksChange() throws Exception {
    Map<String, JsonNode> berlin = answers("berlin", BERLIN, UnaryOperator.identity(), _ -> "");
    expected.forEach((model, answer) -> assertThat(berlin).as(model).containsEntry(model, answer));
  }

  @Test
  void eventsOfOtherSessionsAreAsIfTheyWereNeverThere() throws Exception {
    String filter =
        """
        , "sessions": {"entry": {"name": "open"}, "with": {"name": "pay"}, "without": {"name": "form_submit"},
          "least_events": 3}
        """;
    Map<String, JsonNode> filtered =
        answers("filtered", UTC, UnaryOperator.identity(), _ -> "", filter);
    assertThat(filtered)
        .isEqualTo(answers("chosen", UTC, EveryModelTest::chosen, _ -> "", ALL_SESSIONS))
        .isNotEqualTo(expected);
    assertThat(of(filtered, "funnel").path("steps").get(2).path("users").asInt()).isPositive();
  }

  /** A person has one session a day at most. */
  private static List<Done> chosen(List<Done> history) {
    return history.stream()
        .collect(Collectors.groupingBy(one -> one.person() + one.time().toLocalDate()))
        .values()
        .stream()
        .filter(session -> session.size() >= 3)
        .filter(session -> session.stream().anyMatch(one -> one.name().equals("pay")))
        .filter(session -> session.stream().noneMatch(one -> one.name().equals("form_submit")))
        .flatMap(List::stream)
        .toList();
  }

  @Test
  void withoutEventsEveryModelAnswers() throws Exception {
    Map<String, JsonNode> nothing = answers("nothing", UTC, _ -> List.of(), _ -> "");
    assertThat(nothing).hasSameSizeAs(QUESTIONS);
    assertThat(of(nothing, "funnel").path("steps").get(0).path("users").asInt()).isZero();
  }

  private static JsonNode of(Map<String, JsonNode> answers, String model) {
    return Objects.requireNonNull(answers.get(model));
  }

  private interface Suffix {
    String of(int place);
  }

  /** Sends all that was done to a project of its own and asks it everything. */
  private Map<String, JsonNode> answers(
      String name, ZoneId zone, UnaryOperator<List<Done>> order, Suffix suffix) throws Exception {
    return answers(name, zone, order, suffix, ALL_SESSIONS);
  }

  private Map<String, JsonNode> answers(
      String name, ZoneId zone, UnaryOperator<List<Done>> order, Suffix suffix, String sessions)
      throws Exception {
    JsonNode project =
        platform
            .api()
            .post(
                "/api/v1/projects",
                Json.write(Map.of("id", "models-" + name, "display_name", name)));
    try (Api api = new Api(URI.create(platform.url("")), project.path("secret_key").asString())) {
      List<Map<String, Object>> records = new ArrayList<>();
      TreeSet<String> others = new TreeSet<>();
      for (Done one : order.apply(done)) {
        int place = done.indexOf(one);
        records.add(record(one, place, zone, suffix.of(place)));
        if (!suffix.of(place).isEmpty()) {
          others.add(one.person());
        }
      }
      for (int from = 0; from < records.size(); from += BATCH) {
        send(
            project.path("write_key").asString(),
            records.subList(from, Math.min(records.size(), from + BATCH)));
      }
      BerkaFiles.drained(api, records.size());
      for (String person : others) {
        api.post(
            "/api/v1/userMerges",
            Json.write(
                Map.of("user_id", person, "other_user_id", person + "-other", "reason", "one")));
      }
      if (!others.isEmpty()) {
        // A merge reaches the event store some seconds later.
        await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> ask(api, zone, sessions).equals(expected));
      }
      return ask(api, zone, sessions);
    }
  }

  private static Map<String, JsonNode> ask(Api api, ZoneId zone, String sessions) {
    Map<String, JsonNode> answers = new LinkedHashMap<>();
    QUESTIONS.forEach(
        (model, question) -> {
          JsonNode result =
              api.post(
                      "/api/v1/analyses:run",
                      """
                      {"query": {"scope": {"interval": {"start_time": "%s", "end_time": "%s"}, "time_zone": "%s"%s},
                        "%s": %s}}
                      """
                          .formatted(
                              FIRST_DAY.atStartOfDay(zone).toInstant(),
                              LAST_DAY.plusDays(1).atStartOfDay(zone).toInstant(),
                              zone,
                              sessions,
                              model,
                              question))
                  .path("result");
          ((ObjectNode) result).remove("freshness");
          JsonNode answer = result.path(model);
          answers.put(model, model.equals("arm") ? withoutRounding(answer) : answer);
        });
    return answers;
  }

  /**
   * Sums of real numbers have other last digits when users come in another order; and when a look
   * is, depends on where the day ends.
   */
  private static JsonNode withoutRounding(JsonNode answer) {
    String text = LOOK_TIME.matcher(answer.toString()).replaceAll("");
    return Json.read(
        DECIMAL
            .matcher(text)
            .replaceAll(
                number ->
                    new BigDecimal(number.group())
                        .round(new MathContext(9))
                        .stripTrailingZeros()
                        .toPlainString()));
  }

  private static Map<String, Object> record(Done one, int place, ZoneId zone, String suffix) {
    return Map.of(
        "type",
        "track",
        "messageId",
        "models-" + place,
        "userId",
        one.person() + suffix,
        "event",
        one.name(),
        "timestamp",
        one.time().atZone(zone).toInstant().toString(),
        "properties",
        one.properties());
  }

  private void send(String writeKey, List<Map<String, Object>> records)
      throws IOException, InterruptedException {
    HttpResponse<String> reply =
        http.send(
            HttpRequest.newBuilder(URI.create(platform.url("/v1/batch")))
                .header("Content-Type", "application/json")
                .header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString((writeKey + ":").getBytes(UTF_8)))
                .POST(BodyPublishers.ofString(Json.write(Map.of("batch", records))))
                .build(),
            BodyHandlers.ofString());
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
  }

  /** Some weeks of some people: sessions by day, no two events of one person at one instant. */
  private static List<Done> history() {
    Random random = new Random(7);
    List<Done> history = new ArrayList<>();
    for (int person = 0; person < PEOPLE; person++) {
      for (LocalDate day = FIRST_DAY; !day.isAfter(LAST_DAY); day = day.plusDays(1)) {
        if (random.nextInt(3) > 0) {
          session(history, "person-" + person, day.atTime(8 + random.nextInt(10), 0), random);
        }
      }
    }
    return List.copyOf(history);
  }

  private static void session(
      List<Done> history, String person, LocalDateTime start, Random random) {
    String channel = List.of("app", "web", "desk").get(random.nextInt(3));
    LocalDateTime time = start;
    history.add(new Done(person, time, "open", Map.of("channel", channel)));
    int steps = 1 + random.nextInt(6);
    for (int step = 0; step < steps; step++) {
      time = time.plusSeconds(20 + random.nextInt(500));
      history.add(
          switch (random.nextInt(7)) {
            case 0, 1 ->
                new Done(
                    person,
                    time,
                    "look",
                    Map.of("page", "p" + random.nextInt(2), "channel", channel));
            case 2 ->
                new Done(
                    person, time, "scroll", Map.of("page", "p0", "depth", random.nextInt(101)));
            case 3 -> new Done(person, time, "pay", Map.of("amount", random.nextInt(1000) / 10.0));
            case 4 -> new Done(person, time, "pay", Map.of());
            case 5 ->
                new Done(
                    person,
                    time,
                    "form_question",
                    Map.of(
                        "form_id",
                        "kyc",
                        "question_id",
                        random.nextBoolean() ? "income" : "risk",
                        "action",
                        List.of("focus", "change", "blur").get(random.nextInt(3))));
            default -> new Done(person, time, "form_submit", Map.of("form_id", "kyc"));
          });
    }
  }
}
