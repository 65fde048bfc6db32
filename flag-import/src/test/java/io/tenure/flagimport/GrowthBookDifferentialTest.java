package io.tenure.flagimport;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.evaluator.Outcome;
import io.tenure.evaluator.UnitType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import tools.jackson.databind.JsonNode;

/** Random features, decided by GrowthBook's SDK and by us. */
final class GrowthBookDifferentialTest {

  private static final int DOCUMENTS = 800;
  private static final int SUBJECTS = 40;

  private final Dice dice = new Dice(20_260_302);

  @Test
  void decidesAsGrowthBook(TestInfo test) throws Exception {
    Differential differential =
        new Differential(
            "growthbook",
            Map.of(UnitType.USER, "id", UnitType.DEVICE, "deviceId"),
            new FlagImport()::growthBook,
            GrowthBookDifferentialTest::same);

    Tally tally = differential.compare(dice.some(DOCUMENTS, DOCUMENTS, this::question));

    tally.report(test);
    assertThat(tally.counts())
        .isEqualTo(
            "1448 imported,"
                + " 565 refused, 46099 equal of which 7440 dealt, 11821 outside the premises");
  }

  /** Bounds are met once in a thousand units, so this asks many about few shares. */
  @Test
  void theBoundsOfSharesAreTheSame(TestInfo test) throws Exception {
    Map<String, Object> features = new LinkedHashMap<>();
    for (double share : List.of(0.001, 0.25, 0.333, 0.5, 0.75)) {
      features.put("coverage-" + share, bounded("coverage", share));
      features.put("range-" + share, bounded("range", List.of(share, share + 0.1)));
    }
    List<Map<String, Object>> subjects =
        dice.some(5_000, 5_000, () -> dice.subject(Dice.ASCII, "id"));
    Differential differential =
        new Differential(
            "growthbook",
            Map.of(UnitType.USER, "id"),
            new FlagImport()::growthBook,
            GrowthBookDifferentialTest::same);

    Tally tally =
        differential.compare(
            List.of(
                new Oracle.Question(
                    Map.of("features", features), List.copyOf(features.keySet()), subjects, 0)));

    tally.report(test);
    assertThat(tally.counts())
        .isEqualTo(
            "10 imported," + " 0 refused, 50000 equal of which 9973 dealt, 0 outside the premises");
  }

  private static Map<String, Object> bounded(String field, Object share) {
    return Dice.map("defaultValue", false, "rules", List.of(Dice.map("force", true, field, share)));
  }

  /** The same value, from the same variation of the same experiment. */
  private static boolean same(Outcome ours, JsonNode theirs) {
    boolean value = ours.value().equals(new Json(theirs.get("value"), "").value());
    String experiment = theirs.get("experiment").asString("");
    boolean variation =
        experiment.isEmpty()
            || ours.variant().equals(theirs.get("variation").asString(""))
            || ours.variant().startsWith(theirs.get("variation").asString("") + " ");
    return value && experiment.equals(ours.split()) && variation;
  }

  private Oracle.Question question() {
    Map<String, Object> features = new LinkedHashMap<>();
    int count = 1 + dice.upTo(4);
    for (int index = 0; index < count; index++) {
      features.put("feature-" + index, feature(index));
    }
    Map<String, Object> document =
        Dice.map(
            "features",
            features,
            "savedGroups",
            Dice.map(
                "old", List.of("US", "gold", 5),
                "list",
                    Dice.map(
                        "type", "list", "attributeKey", "country", "values", List.of("DE", "US")),
                "deep", Dice.map("type", "condition", "condition", Dice.map("vip", true)),
                "circle",
                    Dice.map(
                        "type",
                        "condition",
                        "condition",
                        Dice.map("$not", Dice.map("$savedGroup", Dice.map("id", "circle"))))));
    return new Oracle.Question(
        document,
        List.copyOf(features.keySet()),
        dice.some(SUBJECTS, SUBJECTS, () -> dice.subject(Dice.ANY, "id", "deviceId")),
        0);
  }

  private Map<String, Object> feature(int index) {
    return Dice.map(
        "defaultValue",
        dice.chance(0.9) ? dice.scalar() : null,
        "rules",
        dice.some(0, 4, () -> rule(index)));
  }

  private Map<String, Object> rule(int feature) {
    Map<String, Object> rule = new LinkedHashMap<>();
    if (dice.chance(0.4)) {
      rule.put("id", "rule-" + dice.upTo(5));
    }
    if (dice.chance(0.5)) {
      rule.put("condition", condition(2));
    }
    if (feature > 0 && dice.chance(0.3)) {
      rule.put("parentConditions", dice.some(1, 2, () -> parent(feature)));
    }
    if (dice.chance(0.15)) {
      rule.put("filters", dice.some(0, 2, this::filter));
    }
    if (dice.chance(0.4)) {
      rule.put("hashAttribute", dice.chance(0.05) ? "company" : dice.pick("id", "deviceId", ""));
    }
    if (dice.chance(0.5)) {
      rule.put("hashVersion", dice.pick(1, 2, 2, 0, 3));
    }
    if (dice.chance(0.3)) {
      rule.put("seed", dice.pick("s1", "s2", "", "种子"));
    }
    if (dice.chance(0.4)) {
      rule.put("coverage", dice.pick(0, 0.1, 0.5, 0.333, 1, 1.5));
    }
    if (dice.chance(0.5)) {
      force(rule);
    } else {
      experiment(rule);
    }
    return rule;
  }

  private void force(Map<String, Object> rule) {
    rule.put("force", dice.chance(0.1) ? null : dice.scalar());
    if (dice.chance(0.2)) {
      rule.put("range", range());
    }
  }

  private void experiment(Map<String, Object> rule) {
    int variations = 1 + dice.upTo(4);
    rule.put("variations", dice.some(variations, variations, dice::scalar));
    if (dice.chance(0.4)) {
      rule.put("key", "exp-" + dice.upTo(3));
    }
    if (dice.chance(0.5)) {
      rule.put("weights", weights(variations));
    }
    if (dice.chance(0.2)) {
      rule.put("ranges", dice.some(variations, variations + 1, this::range));
    }
    if (dice.chance(0.3)) {
      double start = dice.pick(0.0, 0.2, 0.5);
      rule.put("namespace", List.of("ns" + dice.upTo(2), start, start + 0.5));
    }
    if (dice.chance(0.3)) {
      List<Object> meta = new ArrayList<>();
      for (int index = 0; index < variations; index++) {
        meta.add(Dice.map("key", "v" + index, "passthrough", dice.chance(0.1) ? true : null));
      }
      rule.put("meta", meta);
    }
    if (dice.chance(0.15)) {
      rule.put("bucketVersion", dice.upTo(2));
      rule.put("minBucketVersion", dice.upTo(2));
    }
    if (dice.chance(0.05)) {
      rule.put("fallbackAttribute", "deviceId");
      rule.put("disableStickyBucketing", dice.chance(0.5));
    }
  }

  private List<Object> weights(int variations) {
    return switch (dice.upTo(4)) {
      case 0 -> List.of(0.5, 0.5);
      case 1 -> dice.some(variations, variations, () -> 1.0 / variations);
      case 2 -> List.of(0.1, 0.2, 0.7);
      default -> dice.some(variations, variations, () -> dice.pick(0.3, 0.33, 0.34, 0.25));
    };
  }

  private List<Object> range() {
    double start = dice.pick(0.0, 0.1, 0.25, 0.3333);
    return List.of(start, start + dice.pick(0.05, 0.1, 0.2, 0.5, 0.0));
  }

  private Map<String, Object> filter() {
    return Dice.map(
        "seed",
        "f" + dice.upTo(2),
        "ranges",
        dice.some(1, 2, this::range),
        "hashVersion",
        dice.chance(0.5) ? dice.pick(1, 2) : null,
        "attribute",
        dice.chance(0.3) ? "deviceId" : null);
  }

  private Map<String, Object> parent(int feature) {
    return Dice.map(
        "id",
        "feature-" + dice.upTo(dice.chance(0.9) ? feature : 6),
        "condition",
        Dice.map("value", test(1)),
        "gate",
        dice.chance(0.4) ? true : null);
  }

  private Map<String, Object> condition(int depth) {
    Map<String, Object> condition = new LinkedHashMap<>();
    for (int index = dice.upTo(2); index >= 0; index--) {
      switch (depth > 0 && dice.chance(0.3) ? dice.upTo(6) : 9) {
        case 0 -> condition.put("$or", dice.some(0, 3, () -> condition(depth - 1)));
        case 1 -> condition.put("$and", dice.some(0, 3, () -> condition(depth - 1)));
        case 2 -> condition.put("$nor", dice.some(0, 2, () -> condition(depth - 1)));
        case 3 -> condition.put("$not", condition(depth - 1));
        case 4, 5 -> {
          String id = dice.pick("list", "deep", "circle", "old", "gone");
          condition.put("$savedGroup", Dice.map("id", id));
        }
        default -> condition.put(attribute(), test(depth));
      }
    }
    return condition;
  }

  private String attribute() {
    return dice.pick("country", "plan", "age", "vip", "tags", "tags");
  }

  private Object test(int depth) {
    if (dice.chance(0.35)) {
      return dice.scalar();
    }
    Map<String, Object> operators = new LinkedHashMap<>();
    for (int index = dice.chance(0.2) ? 1 : 0; index >= 0; index--) {
      operator(operators, depth);
    }
    return operators;
  }

  private void operator(Map<String, Object> operators, int depth) {
    switch (dice.upTo(18)) {
      case 0 -> operators.put("$eq", dice.scalar());
      case 1 -> operators.put("$ne", dice.scalar());
      case 2 -> operators.put("$lt", dice.number());
      case 3 -> operators.put("$lte", dice.number());
      case 4 -> operators.put("$gt", dice.number());
      case 5 -> operators.put("$gte", dice.number());
      case 6 -> operators.put("$exists", dice.chance(0.5));
      case 7, 8 -> operators.put("$in", members());
      case 9, 10 -> operators.put("$nin", members());
      case 11 -> operators.put("$inGroup", dice.pick("old", "list"));
      case 12 -> operators.put("$notInGroup", dice.pick("old", "list"));
      case 13 -> operators.put("$all", dice.some(1, 2, dice::tag));
      case 14 -> operators.put("$elemMatch", Dice.map("$eq", dice.scalar()));
      case 15 -> operators.put("$regex", dice.pick("^gold", "u", "^free$", "U", "^(a|b)$", "\\d+"));
      case 16 -> operators.put(dice.pick("$veq", "$size", "$type", "$ini", "$regexi"), "1");
      default -> operators.put("$not", depth > 0 ? test(depth - 1) : dice.scalar());
    }
  }

  private List<Object> members() {
    List<Object> members = new ArrayList<>(dice.some(0, 4, dice::scalar));
    if (dice.chance(0.15)) {
      members.add(null);
    }
    return members;
  }
}
