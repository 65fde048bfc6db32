package io.tenure.standalone.faults;

import io.tenure.platform.json.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The events of a run: each follows from the seed and its number alone, so what is stored can be
 * compared with what was sent without keeping it. Every twentieth is one that quarantine must keep.
 */
record Traffic(long seed) {

  static final int USERS = 97;

  private static final List<String> TEXTS =
      List.of(
          "plain",
          "张三 转账",
          "family 👨‍👩‍👧‍👦",
          "مرحبا بالعالم",
          "quote \" backslash \\ slash /",
          "line\nbreak\ttab",
          "nul \u0000 end",
          "\u2028 separators \u2029",
          " surrounding blanks ");
  private static final Instant START = Instant.parse("2026-09-01T00:00:00Z");

  String id(long number) {
    return "fault-" + Long.toHexString(seed) + "-" + number;
  }

  /** The number of an id; -1 when no such id was ever made. */
  long number(String id) {
    String prefix = "fault-" + Long.toHexString(seed) + "-";
    return id.startsWith(prefix) ? Long.parseLong(id.substring(prefix.length())) : -1;
  }

  boolean isBad(long number) {
    return number % 20 == 7;
  }

  /** The record as it is sent. */
  String json(long number) {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("type", isBad(number) ? "nonsense" : "track");
    record.put("messageId", id(number));
    record.put("userId", user(number));
    record.put("event", "Load");
    record.put("timestamp", START.plusSeconds(number).toString());
    record.put("properties", sent(number));
    return Json.write(record);
  }

  /** A call that writes traits. */
  String traitWrite(long number) {
    return """
    {"request_id": "%s", "writes": [{"login_id": "%s", "changes": [
      {"operation": "OPERATION_INCREMENT", "name": "sum", "value": %d},
      {"operation": "OPERATION_APPEND", "name": "seen", "value": ["%d"]}]}]}
    """
        .formatted("traits-" + Long.toHexString(seed) + "-" + number, user(number), number, number);
  }

  /** Whose it is. */
  String user(long number) {
    return "user-" + number % USERS;
  }

  /** Its properties as they must be stored. */
  Map<String, String> properties(long number) {
    Map<String, String> stored = new LinkedHashMap<>();
    sent(number).forEach((name, value) -> stored.put(name, value.toString()));
    return stored;
  }

  private Map<String, Object> sent(long number) {
    SplittableRandom random = new SplittableRandom(seed ^ number * 0x9E3779B97F4A7C15L);
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("n", number);
    properties.put("big", 9007199254740993L + random.nextInt(1_000_000));
    properties.put("text", TEXTS.get(random.nextInt(TEXTS.size())) + random.nextLong());
    properties.put("padding", "x".repeat(random.nextInt(300)));
    return properties;
  }
}
