package io.tenure.flagimport;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.evaluator.FlagSet;
import io.tenure.evaluator.Keep;
import io.tenure.evaluator.Kept;
import io.tenure.evaluator.KeptKey;
import io.tenure.evaluator.Outcome;
import io.tenure.evaluator.Reason;
import io.tenure.evaluator.Subject;
import io.tenure.evaluator.UnitType;
import io.tenure.evaluator.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/**
 * Sticky experiments whose weights, coverage, namespaces and versions change, decided by
 * GrowthBook's SDK with its sticky buckets and by us with kept variants.
 */
final class GrowthBookStickyTest {

  private static final int DOCUMENTS = 250;
  private static final int SUBJECTS = 25;
  private static final int STEPS = 5;
  private static final int EXPERIMENTS = 3;
  private static final List<String> FEATURES = List.of("a", "b", "c");
  private static final Map<UnitType, String> IDS =
      Map.of(UnitType.USER, "id", UnitType.DEVICE, "deviceId");

  private final Dice dice = new Dice(20_261_124);

  @Test
  void keepsWhatGrowthBookKeeps() throws Exception {
    List<Oracle.Question> questions = dice.some(DOCUMENTS, DOCUMENTS, this::question);
    JsonNode answers = Oracle.ask("growthbookSticky", questions);
    Map<Reason, Integer> reasons = new EnumMap<>(Reason.class);

    for (int index = 0; index < DOCUMENTS; index++) {
      compare(questions.get(index), answers.get(index), reasons);
    }

    assertThat(reasons.getOrDefault(Reason.KEPT, 0)).isGreaterThan(10_000);
    assertThat(reasons.getOrDefault(Reason.SPLIT, 0)).isGreaterThan(10_000);
    assertThat(reasons.getOrDefault(Reason.DEFAULT, 0)).isGreaterThan(10_000);
  }

  private static void compare(
      Oracle.Question question, JsonNode answers, Map<Reason, Integer> reasons) {
    JsonNode document = Oracle.MAPPER.valueToTree(question.document());
    List<FlagSet> steps = new ArrayList<>();
    for (JsonNode step : document.get("steps")) {
      Imported imported = new FlagImport().growthBook(step.toString());
      assertThat(imported.refusals()).isEmpty();
      steps.add(FlagSet.of(imported.flags()));
    }
    Map<List<Object>, Kept> kept = new HashMap<>();
    for (int index = 0; index < question.keys().size(); index++) {
      String[] asked = question.keys().get(index).split("/");
      Map<String, Object> attributes =
          Oracle.MAPPER.convertValue(
              document.get("subjects").get(Integer.parseInt(asked[2])), new TypeReference<>() {});
      Keeping person = new Keeping(Person.of(IDS, attributes), kept);
      Outcome ours =
          Objects.requireNonNull(
              steps.get(Integer.parseInt(asked[0])).decide(asked[1], person, Instant.EPOCH));
      person.keep(ours.keep());
      JsonNode theirs = answers.get(0).get(index);
      assertThat(told(ours))
          .as("%s for %s of %s", question.keys().get(index), attributes, document)
          .isEqualTo(
              theirs.get("value").asString() + " of " + theirs.get("experiment").asString(""));
      reasons.merge(ours.reason(), 1, Integer::sum);
    }
  }

  private static String told(Outcome outcome) {
    return ((Value.Text) outcome.value()).value() + " of " + outcome.split();
  }

  /** Everybody's, as a service keeps it. */
  private record Keeping(Person person, Map<List<Object>, Kept> all) implements Subject {

    void keep(@Nullable Keep keep) {
      if (keep != null) {
        all.putIfAbsent(place(keep.key()), keep.kept());
      }
    }

    private List<Object> place(KeptKey key) {
      return List.of(key, String.valueOf(id(key.unit())));
    }

    @Override
    public @Nullable Kept kept(KeptKey key) {
      return all.get(place(key));
    }

    @Override
    public @Nullable String id(UnitType type) {
      return person.id(type);
    }

    @Override
    public @Nullable Value attribute(String name) {
      return person.attribute(name);
    }

    @Override
    public boolean isMemberOf(String segmentId) {
      return person.isMemberOf(segmentId);
    }
  }

  private Oracle.Question question() {
    int[] versions = new int[EXPERIMENTS];
    List<Object> steps = new ArrayList<>();
    List<List<Map<String, Object>>> features = new ArrayList<>();
    FEATURES.forEach(_ -> features.add(rules()));
    for (int step = 0; step < STEPS; step++) {
      Map<String, Object> now = new LinkedHashMap<>();
      for (int index = 0; index < FEATURES.size(); index++) {
        List<Object> rules = new ArrayList<>();
        features.get(index).forEach(rule -> rules.add(changed(rule, versions)));
        now.put(FEATURES.get(index), Dice.map("defaultValue", "none", "rules", rules));
      }
      steps.add(Map.of("features", now));
      for (int experiment = 0; experiment < EXPERIMENTS; experiment++) {
        versions[experiment] += dice.chance(0.2) ? 1 + dice.upTo(2) : 0;
      }
    }
    List<Map<String, Object>> subjects =
        dice.some(
            SUBJECTS,
            SUBJECTS,
            () -> {
              Map<String, Object> ids = new HashMap<>();
              ids.put("id", "u" + dice.upTo(1_000));
              if (dice.chance(0.8)) {
                // Some people share a device.
                ids.put("deviceId", "d" + dice.upTo(12));
              }
              return ids;
            });
    List<String> keys = new ArrayList<>();
    for (int step = 0; step < STEPS; step++) {
      for (int subject = 0; subject < SUBJECTS; subject++) {
        for (String feature : FEATURES) {
          keys.add(step + "/" + feature + "/" + subject);
        }
      }
    }
    return new Oracle.Question(
        Map.of("steps", steps, "subjects", subjects), keys, List.of(Map.of()), 0);
  }

  /**
   * Two experiments at most, which other features may test, too, by the same unit: GrowthBook looks
   * under the id as well when an experiment of that key deals something else.
   */
  private List<Map<String, Object>> rules() {
    int first = dice.upTo(EXPERIMENTS);
    List<Map<String, Object>> rules = new ArrayList<>();
    rules.add(rule(first));
    if (dice.chance(0.5)) {
      rules.add(rule((first + 1) % EXPERIMENTS));
    }
    return rules;
  }

  private Map<String, Object> rule(int experiment) {
    String key = "exp-" + experiment;
    return Dice.map(
        "number",
        experiment,
        "key",
        key,
        "variations",
        List.of(key + " one", key + " two", key + " three"),
        "meta",
        List.of(
            Map.of("key", experiment + "a"),
            Map.of("key", experiment + "b"),
            Map.of("key", experiment + "c")),
        "hashAttribute",
        experiment == 0 ? "deviceId" : "id",
        "hashVersion",
        dice.pick(1, 2),
        "disableStickyBucketing",
        dice.chance(0.1) ? true : null);
  }

  private Map<String, Object> changed(Map<String, Object> rule, int[] versions) {
    Map<String, Object> now = new LinkedHashMap<>(rule);
    int version = versions[(int) Objects.requireNonNull(now.remove("number"))];
    now.put("bucketVersion", version);
    now.put("minBucketVersion", version);
    now.put(
        "weights",
        dice.pick(List.of(0.8, 0.1, 0.1), List.of(0.1, 0.8, 0.1), List.of(0.0, 0.5, 0.5)));
    now.put("coverage", dice.pick(0.2, 0.7, 1));
    if (dice.chance(0.3)) {
      double start = dice.pick(0.0, 0.3);
      now.put("namespace", List.of("ns", start, start + 0.5));
    }
    return now;
  }
}
