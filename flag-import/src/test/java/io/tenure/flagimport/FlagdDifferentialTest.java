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

/** Random flags, decided by flagd's evaluator and by us. */
final class FlagdDifferentialTest {

  private static final int DOCUMENTS = 500;
  private static final int SUBJECTS = 40;
  private static final Map<UnitType, String> IDS =
      Map.of(UnitType.USER, "targetingKey", UnitType.ACCOUNT, "account_id");

  private final Dice dice = new Dice(20_260_305);

  @Test
  void decidesAsFlagd(TestInfo test) throws Exception {
    Differential differential =
        new Differential(
            "flagd",
            IDS,
            definition -> new FlagImport().flagd(definition, FlagdFractions.WEIGHTS),
            FlagdDifferentialTest::same);

    Tally tally = differential.compare(dice.some(DOCUMENTS, DOCUMENTS, this::question));

    tally.report(test);
    assertThat(tally.counts())
        .isEqualTo(
            "871 imported,"
                + " 130 refused, 31866 equal of which 8032 dealt, 2974 outside the premises");
  }

  /** The same variant, or the default of whoever asks. */
  private static boolean same(Outcome ours, JsonNode theirs) {
    boolean callers = ours.variant().equals(Imported.CALLERS_DEFAULT);
    JsonNode variant = theirs.get("variant");
    return callers
        ? variant.isNull()
        : ours.variant().equals(variant.asString(""))
            && ours.value().equals(new Json(theirs.get("value"), "").value());
  }

  private Oracle.Question question() {
    Map<String, Object> flags = new LinkedHashMap<>();
    int count = 1 + dice.upTo(3);
    for (int index = 0; index < count; index++) {
      flags.put("flag-" + index, flag());
    }
    Map<String, Object> document =
        Dice.map(
            "flags",
            flags,
            "$evaluators",
            Dice.map(
                "adult", Dice.map(">=", List.of(variable("age"), 18)),
                "home", Dice.map("in", List.of(variable("country"), List.of("DE", "CN")))));
    return new Oracle.Question(
        document,
        List.copyOf(flags.keySet()),
        dice.some(SUBJECTS, SUBJECTS, () -> dice.subject(Dice.ASCII, "targetingKey", "account_id")),
        0);
  }

  private Map<String, Object> flag() {
    boolean truth = dice.chance(0.3);
    Map<String, Object> variants =
        truth
            ? Dice.map("true", true, "false", false)
            : Dice.map("a", "A", "b", 2, "c", Map.of("x", List.of(1)), "1", 1);
    return Dice.map(
        "state",
        dice.chance(0.95) ? "ENABLED" : "DISABLED",
        "variants",
        variants,
        "defaultVariant",
        dice.chance(0.85) ? (truth ? "false" : "c") : null,
        "targeting",
        dice.chance(0.9) ? (truth ? condition(2) : branch(2)) : null);
  }

  private Object result(int depth) {
    return switch (dice.upTo(8)) {
      case 0, 1 -> dice.pick("a", "b", "c");
      case 2 -> 1;
      case 3 -> dice.chance(0.9) ? "a" : "unknown";
      case 4, 5, 6 -> Dice.map("fractional", fractional());
      default -> depth > 0 ? branch(depth - 1) : "b";
    };
  }

  private Map<String, Object> branch(int depth) {
    if (dice.chance(0.3)) {
      return Dice.map("fractional", fractional());
    }
    List<Object> parts = new ArrayList<>();
    for (int index = dice.upTo(2); index >= 0; index--) {
      parts.add(condition(1));
      parts.add(dice.chance(0.1) ? null : result(depth));
    }
    if (dice.chance(0.7)) {
      parts.add(dice.chance(0.1) ? null : result(depth));
    }
    return Dice.map("if", parts);
  }

  private List<Object> fractional() {
    List<Object> parts = new ArrayList<>();
    switch (dice.upTo(8)) {
      case 0 -> parts.add(variable("targetingKey"));
      case 1 -> parts.add(Dice.map("cat", List.of("salt", variable("targetingKey"))));
      case 2 ->
          parts.add(Dice.map("cat", List.of(variable("$flagd.flagKey"), variable("account_id"))));
      case 3 -> parts.add(dice.chance(0.5) ? variable("country") : variable("account_id"));
      default -> {
        // The shorthand: by the targeting key.
      }
    }
    int count = 1 + dice.upTo(4);
    for (int index = 0; index < count; index++) {
      List<Object> entry = new ArrayList<>();
      entry.add(dice.chance(0.05) ? null : dice.pick("a", "b", "c", "1"));
      if (dice.chance(0.8)) {
        entry.add(dice.pick(0, 1, 25, 50, 50, 333, dice.chance(0.2) ? -5 : 100));
      }
      parts.add(entry);
    }
    return parts;
  }

  private static Map<String, Object> variable(String name) {
    return Dice.map("var", name);
  }

  private Object condition(int depth) {
    if (depth > 0 && dice.chance(0.35)) {
      return switch (dice.upTo(4)) {
        case 0 -> Dice.map("and", dice.some(1, 3, () -> condition(depth - 1)));
        case 1 -> Dice.map("or", dice.some(1, 3, () -> condition(depth - 1)));
        case 2 -> Dice.map("!", List.of(condition(depth - 1)));
        default -> Dice.map("!!", List.of(condition(depth - 1)));
      };
    }
    return switch (dice.upTo(9)) {
      case 0 -> comparison(dice.pick("==", "!="), dice.scalar());
      case 1 -> comparison(dice.pick("===", "!=="), dice.scalar());
      case 2 -> order();
      case 3 ->
          Dice.map(
              dice.pick("<", "<="), List.of(dice.pick(-5, 0, 5), variable("age"), dice.number()));
      case 4, 5 -> membership();
      case 6 ->
          Dice.map(
              dice.pick("starts_with", "starts_with", "starts_with", "ends_with"),
              List.of(variable("plan"), dice.pick("gold", "f", "5")));
      case 7 -> Dice.map("$ref", dice.pick("adult", "home"));
      default ->
          dice.chance(0.1)
              ? Dice.map("sem_ver", List.of(variable("plan"), ">=", "1.0.0"))
              : comparison("==", dice.country());
    };
  }

  private Map<String, Object> comparison(String operator, Object value) {
    Map<String, Object> attribute =
        variable(value instanceof Number ? "age" : value instanceof Boolean ? "vip" : "country");
    return Dice.map(
        operator, dice.chance(0.8) ? List.of(attribute, value) : List.of(value, attribute));
  }

  private Map<String, Object> order() {
    String operator = dice.pick("<", "<=", ">", ">=");
    return Dice.map(
        operator,
        dice.chance(0.8)
            ? List.of(variable("age"), dice.number())
            : List.of(dice.number(), variable("age")));
  }

  private Map<String, Object> membership() {
    return dice.chance(0.6)
        ? Dice.map("in", List.of(variable("country"), dice.some(0, 3, dice::scalar)))
        : Dice.map("in", List.of(dice.tag(), variable(dice.pick("tags", "plan"))));
  }
}
