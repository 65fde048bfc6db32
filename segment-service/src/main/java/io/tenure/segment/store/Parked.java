package io.tenure.segment.store;

import io.tenure.platform.clickhouse.ClickHouse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What was found here, where the next statement can read it. */
final class Parked {

  private static final int USERS_IN_A_ROW = 10_000;
  private static final int EVENTS_IN_A_ROW = 50_000;

  private final ClickHouse clickHouse;

  Parked(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  /** Parks users; the answer tells them from others. */
  String users(List<Long> users) {
    String evaluation = UUID.randomUUID().toString();
    List<Map<String, ?>> rows = new ArrayList<>();
    for (int from = 0; from < users.size(); from += USERS_IN_A_ROW) {
      List<Long> part = users.subList(from, Math.min(users.size(), from + USERS_IN_A_ROW));
      rows.add(Map.of("evaluation_id", evaluation, "user_numbers", part));
    }
    clickHouse.insert("parked_users", rows, null);
    return evaluation;
  }

  /** Parks events as they are found. */
  Events events() {
    return new Events();
  }

  /** Events being parked, all of them once this is closed. */
  final class Events implements AutoCloseable {

    private final String evaluation = UUID.randomUUID().toString();
    private final List<String> waiting = new ArrayList<>();

    void add(long key) {
      waiting.add(Long.toUnsignedString(key));
      if (waiting.size() == EVENTS_IN_A_ROW) {
        park();
      }
    }

    /** What tells these events from others. */
    String evaluation() {
      return evaluation;
    }

    private void park() {
      clickHouse.insert(
          "parked_events",
          List.of(Map.of("evaluation_id", evaluation, "event_keys", waiting)),
          null);
      waiting.clear();
    }

    @Override
    public void close() {
      if (!waiting.isEmpty()) {
        park();
      }
    }
  }
}
