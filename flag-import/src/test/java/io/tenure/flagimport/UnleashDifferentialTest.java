package io.tenure.flagimport;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.evaluator.Outcome;
import io.tenure.evaluator.UnitType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import tools.jackson.databind.JsonNode;

/** Random features, decided by Unleash's SDK and by us. */
final class UnleashDifferentialTest {

  private static final int DOCUMENTS = 600;
  private static final int SUBJECTS = 40;
  private static final UnitTypes WITH_SESSIONS =
      UnitTypes.USUAL.with("sessionId", UnitType.DEVICE).with("company", UnitType.ACCOUNT);
  private static final Map<UnitType, String> IDS =
      Map.of(UnitType.USER, "userId", UnitType.DEVICE, "sessionId", UnitType.ACCOUNT, "company");
  private static final long NOW = Instant.parse("2026-03-02T10:00:00Z").toEpochMilli();

  @Test
  void decidesAsUnleash(TestInfo test) throws Exception {
    Tally tally = compare(new FlagImport(WITH_SESSIONS), 20_260_303);

    tally.report(test);
    assertThat(tally.counts())
        .isEqualTo(
            "1152 imported,"
                + " 361 refused, 41170 equal of which 9960 dealt, 4910 outside the premises");
  }

  @Test
  void decidesAsUnleashWhereSessionsAreNoUnit(TestInfo test) throws Exception {
    Tally tally = compare(new FlagImport(), 20_260_304);

    tally.report(test);
    assertThat(tally.counts())
        .isEqualTo(
            "811 imported,"
                + " 721 refused, 28980 equal of which 5237 dealt, 3460 outside the premises");
  }

  private static Tally compare(FlagImport imports, long seed) throws Exception {
    Dice dice = new Dice(seed);
    return new Differential("unleash", IDS, imports::unleash, UnleashDifferentialTest::same)
        .compare(dice.some(DOCUMENTS, DOCUMENTS, () -> new Features(dice).question()));
  }

  /** On or off, and the same variant. */
  private static boolean same(Outcome ours, JsonNode theirs) {
    boolean enabled = !ours.variant().equals("disabled");
    String variant = enabled && !ours.variant().equals("enabled") ? ours.variant() : "";
    return enabled == theirs.get("enabled").booleanValue()
        && variant.equals(theirs.get("variant").asString(""));
  }

  private record Features(Dice dice) {

    Oracle.Question question() {
      List<Object> features = new ArrayList<>();
      List<String> keys = new ArrayList<>();
      int count = 1 + dice.upTo(4);
      for (int index = 0; index < count; index++) {
        keys.add("feature-" + index);
        features.add(feature(index));
      }
      Map<String, Object> document =
          Dice.map(
              "version",
              1,
              "features",
              features,
              "segments",
              List.of(
                  Dice.map("id", 1, "constraints", List.of(constraint())),
                  Dice.map("id", 2, "constraints", dice.some(0, 2, this::constraint))));
      return new Oracle.Question(document, keys, dice.some(SUBJECTS, SUBJECTS, this::subject), NOW);
    }

    private Map<String, Object> subject() {
      Map<String, Object> subject =
          new HashMap<>(dice.subject(Dice.ASCII, "userId", "sessionId", "company"));
      if (dice.chance(0.1)) {
        subject.put("userId", dice.pick("a", "b", "5"));
      }
      return subject;
    }

    private Map<String, Object> feature(int index) {
      return Dice.map(
          "name",
          "feature-" + index,
          "enabled",
          dice.chance(0.93),
          "strategies",
          dice.some(0, 3, this::strategy),
          "variants",
          dice.chance(0.5) ? variants(true) : null,
          "dependencies",
          index > 0 && dice.chance(0.3) ? dice.some(1, 2, () -> dependency(index)) : null);
    }

    private Map<String, Object> dependency(int index) {
      return Dice.map(
          "feature",
          "feature-" + dice.upTo(dice.chance(0.9) ? index : 6),
          "enabled",
          dice.chance(0.5) ? dice.chance(0.6) : null,
          "variants",
          dice.chance(0.3) ? dice.some(0, 2, () -> dice.pick("v0", "v1", "disabled")) : null);
    }

    private List<Object> variants(boolean overridden) {
      List<Object> variants = new ArrayList<>();
      String stickiness =
          dice.pick("default", "default", "userId", "company", dice.pick("random", "sessionId"));
      int count = dice.upTo(4);
      for (int index = 0; index < count; index++) {
        variants.add(
            Dice.map(
                "name",
                "v" + index,
                "weight",
                dice.pick(0, 1, 25, 333, 500),
                "stickiness",
                dice.chance(0.7) ? stickiness : null,
                "overrides",
                overridden && dice.chance(0.2)
                    ? List.of(
                        Dice.map(
                            "contextName",
                            dice.pick("userId", "country", "age"),
                            "values",
                            dice.some(0, 3, () -> dice.pick("a", "b", "US", "5", "18"))))
                    : null));
      }
      return variants;
    }

    private Map<String, Object> strategy() {
      String name =
          dice.pick(
              "default",
              "userWithId",
              "flexibleRollout",
              "flexibleRollout",
              "flexibleRollout",
              "gradualRolloutUserId",
              "gradualRolloutSessionId",
              dice.chance(0.2) ? dice.pick("gradualRolloutRandom", "custom") : "flexibleRollout");
      return Dice.map(
          "name",
          name,
          "parameters",
          parameters(),
          "constraints",
          dice.chance(0.4) ? dice.some(0, 2, this::constraint) : null,
          "segments",
          dice.chance(0.1) ? dice.some(1, 2, () -> dice.pick(1, 2, 3)) : null,
          "variants",
          dice.chance(0.3) ? variants(false) : null);
    }

    private Map<String, Object> parameters() {
      String share = dice.pick("0", "1", "10", "50", "50", "99", "100", "12.5", "150");
      return Dice.map(
          "userIds",
          dice.pick("a,b", "a , 5", "", " a,b "),
          "percentage",
          share,
          "rollout",
          dice.chance(0.1) ? (Object) 30 : share,
          "groupId",
          dice.pick("g1", "g2", "g 4", dice.chance(0.2) ? "" : "g3"),
          "stickiness",
          dice.chance(0.5)
              ? dice.pick("default", "userId", "company", dice.pick("sessionId", "random"))
              : null);
    }

    private Map<String, Object> constraint() {
      Map<String, Object> constraint = new LinkedHashMap<>();
      constraint.put("contextName", dice.pick("country", "plan", "age", "vip", "userId", "tags"));
      constraint.put("inverted", dice.chance(0.25) ? true : null);
      constraint.values().removeIf(Objects::isNull);
      switch (dice.upTo(10)) {
        case 0, 1, 2 -> values(constraint, dice.pick("IN", "NOT_IN"));
        case 3, 4 -> values(constraint, dice.pick("STR_STARTS_WITH", "STR_CONTAINS"));
        case 5, 6, 7 -> {
          constraint.put("contextName", "age");
          constraint.put("operator", dice.pick("NUM_EQ", "NUM_LT", "NUM_LTE", "NUM_GT", "NUM_GTE"));
          constraint.put("value", dice.pick("18", " 5 ", "0", "-2.5", "1e21", "0.1", "x"));
        }
        case 8 -> {
          constraint.put("operator", dice.pick("DATE_AFTER", "DATE_BEFORE"));
          constraint.put(
              "value",
              dice.pick(
                  "2026-03-02T10:00:00Z",
                  "2026-03-02T11:00:00.001+01:00",
                  "2026-03-02T09:59:59.999Z",
                  "2027-01-01T00:00:00Z"));
        }
        default -> other(constraint);
      }
      return constraint;
    }

    private void other(Map<String, Object> constraint) {
      constraint.put("contextName", "plan");
      constraint.put(
          "operator", dice.pick("REGEX", "REGEX", "SEMVER_EQ", "IN_CIDR", "STR_ENDS_WITH"));
      constraint.put("value", dice.pick("^gold", "^free$", "old-", "1.2.3", "[a-z]+"));
      constraint.put("values", List.of("us"));
    }

    private void values(Map<String, Object> constraint, String operator) {
      constraint.put("operator", operator);
      constraint.put(
          "values",
          dice.some(
              0,
              3,
              () ->
                  dice.pick(dice.country(), dice.tag(), "", " US ", "gold", "true", "5", "18.5")));
      if (dice.chance(0.1)) {
        constraint.put("caseInsensitive", true);
      }
    }
  }
}
