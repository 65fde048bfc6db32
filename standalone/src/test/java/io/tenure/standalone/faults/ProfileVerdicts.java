package io.tenure.standalone.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * Compares profiles with what ClickHouse holds and with the books of whoever wrote traits: counters
 * must be those of the stored events, and every change of a trait applied once.
 */
record ProfileVerdicts(Set<Long> sent, Set<Long> acknowledged) {

  /** What each login's profile must count. */
  static final String EVENTS =
      "SELECT login_id, count() AS count, groupUniqArray(user_number) AS numbers"
          + " FROM events WHERE project_id = 'default' GROUP BY login_id";

  /** Counters of each login, by a recomputation from ClickHouse. */
  void judgeCounters(List<JsonNode> counted, Map<String, JsonNode> profiles) {
    Set<Long> numbers = new HashSet<>();
    for (JsonNode row : counted) {
      String login = row.path("login_id").stringValue();
      assertThat(profiles).containsKey(login);
      JsonNode profile = Objects.requireNonNull(profiles.get(login));
      long count = Long.parseLong(row.path("count").asString());
      assertThat(text(profile, "event_count")).describedAs(login).isEqualTo(Long.toString(count));
      JsonNode tally = profile.path("activity").path("events").path(0);
      assertThat(text(tally, "event_name")).isEqualTo("Load");
      assertThat(text(tally, "count")).describedAs(login).isEqualTo(Long.toString(count));
      long byDay =
          StreamSupport.stream(tally.path("days").spliterator(), false)
              .mapToLong(day -> Long.parseLong(text(day, "count")))
              .sum();
      assertThat(byDay).describedAs("by day: " + login).isEqualTo(count);
      assertThat(row.path("numbers")).describedAs("one user: " + login).hasSize(1);
      long number = Long.parseLong(row.path("numbers").path(0).asString());
      assertThat(text(profile, "user_number")).isEqualTo(Long.toString(number));
      assertThat(numbers.add(number)).describedAs("a user of its own: " + login).isTrue();
    }
  }

  /** Traits of all profiles. */
  void judgeTraits(Map<String, JsonNode> profiles) {
    Map<Long, Integer> times = new HashMap<>();
    profiles.forEach(
        (login, profile) -> {
          BigDecimal sum = BigDecimal.ZERO;
          for (JsonNode element : profile.path("traits").path("seen")) {
            long number = Long.parseLong(element.asString());
            assertThat(sent).describedAs("nothing is invented").contains(number);
            times.merge(number, 1, Integer::sum);
            sum = sum.add(BigDecimal.valueOf(number));
          }
          assertThat(new BigDecimal(profile.path("traits").path("sum").asString("0")))
              .describedAs("every change of " + login + " is applied once")
              .isEqualByComparingTo(sum);
        });
    assertThat(times.values()).allMatch(count -> count == 1);
    assertThat(times.keySet()).describedAs("no change is lost").containsAll(acknowledged);
  }

  private static String text(JsonNode node, String name) {
    return node.path(name).asString("");
  }
}
