package io.tenure.flagimport;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.evaluator.Outcome;
import io.tenure.evaluator.UnitType;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import tools.jackson.databind.JsonNode;

/** Random flags, decided by Eppo's evaluator and by us. */
final class EppoDifferentialTest {

  private static final int DOCUMENTS = 500;
  private static final int SUBJECTS = 40;
  private static final int SHARDS = 10_000;
  private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");

  private final Dice dice = new Dice(20_260_306);

  @Test
  void decidesAsEppo(TestInfo test) throws Exception {
    Differential differential =
        new Differential(
            "eppo",
            Map.of(UnitType.USER, "id"),
            new FlagImport()::eppo,
            EppoDifferentialTest::same);

    Tally tally = differential.compare(dice.some(DOCUMENTS, DOCUMENTS, this::question));

    tally.report(test);
    assertThat(tally.counts())
        .isEqualTo(
            "849 imported,"
                + " 130 refused, 32939 equal of which 10208 dealt, 1021 outside the premises");
  }

  /** The same variation of the same allocation, logged or not. */
  private static boolean same(Outcome ours, JsonNode theirs) {
    JsonNode variation = theirs.get("variation");
    if (variation.isNull()) {
      return ours.variant().equals(Imported.CALLERS_DEFAULT);
    }
    String allocation = theirs.get("allocation").stringValue();
    String split = theirs.get("doLog").booleanValue() ? ours.flag() + "-" + allocation : "";
    return ours.variant().equals(variation.stringValue())
        && ours.rule().equals(allocation)
        && ours.split().equals(split);
  }

  private Oracle.Question question() {
    Map<String, Object> flags = new LinkedHashMap<>();
    int count = 1 + dice.upTo(3);
    for (int index = 0; index < count; index++) {
      flags.put("flag-" + index, flag("flag-" + index));
    }
    return new Oracle.Question(
        Dice.map("format", "SERVER", "flags", flags),
        List.copyOf(flags.keySet()),
        dice.some(SUBJECTS, SUBJECTS, this::subject),
        NOW.toEpochMilli());
  }

  /** Eppo decides for nobody without a subject key. */
  private Map<String, Object> subject() {
    Map<String, Object> subject = dice.subject(Dice.ANY);
    subject.put("id", dice.one(Dice.ANY) + dice.upTo(100_000));
    return subject;
  }

  private Map<String, Object> flag(String key) {
    Map<String, Object> variations = new LinkedHashMap<>();
    String type = dice.pick("STRING", "INTEGER", "NUMERIC", "BOOLEAN", "JSON");
    for (String name : List.of("on", "off", "third")) {
      variations.put(name, Dice.map("key", name, "value", value(type)));
    }
    return Dice.map(
        "key",
        key,
        "enabled",
        dice.chance(0.95),
        "variationType",
        type,
        "variations",
        variations,
        "totalShards",
        dice.chance(0.8) ? SHARDS : 97,
        "allocations",
        numbered(dice.some(0, 4, this::allocation)));
  }

  private static List<Map<String, Object>> numbered(List<Map<String, Object>> allocations) {
    for (int index = 0; index < allocations.size(); index++) {
      allocations.get(index).put("key", "allocation-" + index);
    }
    return allocations;
  }

  private Object value(String type) {
    if (dice.chance(0.01)) {
      return "wrong";
    }
    return switch (type) {
      case "STRING" -> dice.pick("x", "y", "");
      case "INTEGER" -> dice.upTo(5);
      case "NUMERIC" -> dice.upTo(5) + 0.5;
      case "BOOLEAN" -> dice.chance(0.5);
      default -> "{\"n\": " + dice.upTo(5) + "}";
    };
  }

  private Map<String, Object> allocation() {
    return Dice.map(
        "startAt",
        dice.chance(0.15) ? time() : null,
        "endAt",
        dice.chance(0.15) ? time() : null,
        "doLog",
        dice.chance(0.6),
        "rules",
        dice.chance(0.6)
            ? dice.some(0, 2, () -> Dice.map("conditions", dice.some(0, 2, this::condition)))
            : null,
        "splits",
        dice.some(0, 3, this::split));
  }

  private String time() {
    return NOW.plusMillis(dice.pick(-86_400_000, -1, 0, 1, 86_400_000)).toString();
  }

  private Map<String, Object> split() {
    return Dice.map(
        "variationKey",
        dice.pick("on", "off", "third", dice.chance(0.05) ? "gone" : "on"),
        "shards",
        dice.some(dice.chance(0.15) ? 0 : 1, 2, this::shard));
  }

  private Map<String, Object> shard() {
    return Dice.map("salt", dice.pick("s1", "s2", "盐"), "ranges", dice.some(0, 2, this::range));
  }

  private Map<String, Object> range() {
    int start = dice.pick(0, 10, 2_500, 5_000);
    return Dice.map("start", start, "end", start + dice.pick(-5, 50, 2_500, 7_000, 20_000));
  }

  private Map<String, Object> condition() {
    String attribute = dice.pick("country", "plan", "age", "vip", "id");
    return switch (dice.upTo(9)) {
      case 0, 1 -> condition(attribute, "ONE_OF", dice.some(0, 3, this::text));
      case 2, 3 -> condition(attribute, "NOT_ONE_OF", dice.some(0, 3, this::text));
      case 4, 5, 6 -> condition("age", dice.pick("LT", "LTE", "GT", "GTE"), dice.number());
      case 7 -> condition(attribute, "IS_NULL", dice.chance(0.5));
      default ->
          dice.chance(0.2)
              ? condition("plan", "GTE", "1.0.0")
              : condition(
                  "plan",
                  dice.pick("MATCHES", "NOT_MATCHES"),
                  dice.pick("^gold", "old-", "[fg].*", "free$"));
    };
  }

  private String text() {
    return dice.pick(dice.country(), dice.tag(), "gold", "free", "18", "18.5", "true", "0.1");
  }

  private static Map<String, Object> condition(String attribute, String operator, Object value) {
    return Dice.map("attribute", attribute, "operator", operator, "value", value);
  }
}
