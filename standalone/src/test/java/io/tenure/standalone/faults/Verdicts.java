package io.tenure.standalone.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.platform.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Compares what ClickHouse holds, row by row, with the senders' books. */
record Verdicts(Traffic traffic, Set<Long> sent, Set<Long> acknowledged) {

  /** Rows before any merge, so that a row stored twice can't hide. */
  static final String EVENTS =
      "SELECT event_id, name, login_id, properties, log_offset FROM events"
          + " WHERE project_id = 'default'";

  static final String QUARANTINE =
      "SELECT original, reason, log_offset FROM quarantine WHERE reason = 'TYPE_UNKNOWN'";

  void judgeEvents(List<JsonNode> rows) {
    Map<Long, Integer> times = new HashMap<>();
    for (JsonNode row : rows) {
      long number = traffic.number(row.path("event_id").stringValue());
      assertThat(sent).describedAs("nothing is invented: " + row).contains(number);
      times.merge(number, 1, Integer::sum);
      Map<String, String> stored =
          row.path("properties").properties().stream()
              .collect(Collectors.toMap(Map.Entry::getKey, one -> one.getValue().stringValue()));
      assertThat(stored)
          .describedAs("event " + number)
          .containsAllEntriesOf(traffic.properties(number));
      assertThat(row.path("name").stringValue()).isEqualTo("Load");
      assertThat(row.path("login_id").stringValue()).isEqualTo(traffic.user(number));
    }
    judge(times, false);
  }

  void judgeQuarantine(List<JsonNode> rows) {
    Map<Long, Integer> times = new HashMap<>();
    for (JsonNode row : rows) {
      String original =
          new String(
              Base64.getDecoder().decode(row.path("original").stringValue()),
              StandardCharsets.UTF_8);
      long number = traffic.number(Json.read(original).path("messageId").stringValue());
      assertThat(sent).describedAs("nothing is invented: " + original).contains(number);
      assertThat(original).describedAs("every byte is kept").isEqualTo(traffic.json(number));
      times.merge(number, 1, Integer::sum);
    }
    judge(times, true);
  }

  private void judge(Map<Long, Integer> times, boolean bad) {
    assertThat(times.values()).describedAs("none is stored twice").allMatch(count -> count == 1);
    assertThat(times.keySet())
        .describedAs("every acknowledged one is stored")
        .containsAll(acknowledged.stream().filter(number -> traffic.isBad(number) == bad).toList());
    assertThat(times.keySet()).allMatch(number -> traffic.isBad(number) == bad);
  }
}
