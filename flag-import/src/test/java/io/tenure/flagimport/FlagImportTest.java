package io.tenure.flagimport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenure.evaluator.Flag;
import io.tenure.evaluator.FlagSet;
import io.tenure.evaluator.Gate;
import io.tenure.evaluator.Serving;
import io.tenure.evaluator.Stickiness;
import io.tenure.evaluator.UnitType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the peers' evaluators cannot be asked: refusals, malformed documents and names. */
final class FlagImportTest {

  private static final FlagImport IMPORT = new FlagImport();
  private static final List<Function<String, Imported>> PEERS =
      List.of(
          IMPORT::growthBook,
          IMPORT::unleash,
          definition -> IMPORT.flagd(definition, FlagdFractions.WEIGHTS),
          IMPORT::eppo);

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "null", "{}", "{\"features\": 1, \"flags\": 2}", "{} {}"})
  void malformedDocumentsGiveOneException(String document) {
    for (Function<String, Imported> peer : PEERS) {
      assertThatThrownBy(() -> peer.apply(document)).isInstanceOf(MalformedImportException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "null", "[]", "\"x\"", "{\"rules\": 5}", "{\"rules\": [7]}"})
  void aMalformedFlagIsRefusedAloneOrServesItsDefault(String flag) {
    Imported imported =
        IMPORT.growthBook(
            "{'features': {'a': %s, 'b': {'defaultValue': 1}}}".replace('\'', '"').formatted(flag));

    assertThat(imported.flags()).extracting(Flag::key).contains("b");
    assertThat(imported.flags().size() + imported.refusals().size()).isEqualTo(2);
  }

  @Test
  void encryptedPayloadsAreSaidToBeEncrypted() {
    assertThatThrownBy(() -> IMPORT.growthBook("{\"encryptedFeatures\": \"abc\"}"))
        .hasMessageContaining("encrypted");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'rules': [{'force': 1, 'condition': {'v': {'$vgt': '1.0'}}}]}"
            + " | rules[0].condition.v.$vgt | versions",
        "{'rules': [{'force': 1, 'condition': {'a.b': 1}}]} | rules[0].condition.a.b | inside",
        "{'rules': [{'force': 1, 'coverage': 0.5, 'hashAttribute': 'company'}]}"
            + " | rules[0] | 'company'",
        "{'rules': [{'contextualVariations': [1, 2]}]} | rules[0].contextualVariations | known",
        "{'rules': [{'variations': [1, 2], 'meta': [{'key': 'a'}, {'key': 'b'}],"
            + " 'bucketVersion': 2}]} | rules[0].bucketVersion | older version",
        "{'rules': [{'variations': [1, 2], 'meta': [{'key': 'a'}, {'key': 'b', 'passthrough':"
            + " true}], 'bucketVersion': 0}]} | rules[0].meta[1].passthrough | dealt anew",
        "{'rules': [{'key': 'x', 'variations': [1, 2], 'meta': [{'key': 'a'}, {'key': 'b'}]},"
            + " {'key': 'y', 'variations': [3, 4], 'meta': [{'key': 'a'}, {'key': 'b'}],"
            + " 'bucketVersion': 0}]} | rules[1].meta[0].key | another value",
        "{'rules': [{'force': 1, 'parentConditions': [{'id': 'flag', 'condition': {}}]}]}"
            + " | rules[0].parentConditions[0] | waits",
      })
  void refusalsNameThePlaceAndTheReason(String flag, String path, String reason) {
    Imported imported =
        IMPORT.growthBook(("{'features': {'flag': " + flag + "}}").replace('\'', '"'));

    assertThat(imported.flags()).isEmpty();
    assertThat(imported.refusals()).hasSize(1);
    Refusal refusal = imported.refusals().getFirst();
    assertThat(refusal.flag()).isEqualTo("flag");
    assertThat(refusal.path()).isEqualTo(path);
    assertThat(refusal.reason()).contains(reason);
  }

  @Test
  void twoAttributesNeverBecomeOneUnit() {
    String payload =
        """
        {"features": {
          "a": {"rules": [{"force": 1, "coverage": 0.5}]},
          "b": {"rules": [{"force": 1, "coverage": 0.5, "hashAttribute": "user_id"}]}}}
        """;

    Imported imported = IMPORT.growthBook(payload);

    assertThat(imported.flags()).extracting(Flag::key).containsExactly("a");
    assertThat(imported.refusals().getFirst().reason()).contains("USER stands for 'id' already");
    Imported mapped =
        new FlagImport(UnitTypes.USUAL.with("user_id", UnitType.ACCOUNT)).growthBook(payload);
    assertThat(mapped.flags()).hasSize(2);
  }

  @Test
  void stickyExperimentsStaySticky() {
    Imported imported =
        IMPORT.growthBook(
            """
            {"features": {"a": {"rules": [{"key": "exp", "variations": [true, false],
              "meta": [{"key": "yes"}, {"key": "no"}], "namespace": ["ns", 0, 0.5],
              "bucketVersion": 3, "minBucketVersion": 3}]}}}
            """);

    Serving serving = imported.flags().getFirst().rules().getFirst().serving();
    assertThat(serving).isInstanceOf(Serving.Split.class);
    Serving.Split split = (Serving.Split) serving;
    assertThat(split.key()).isEqualTo("exp");
    assertThat(split.stickiness()).isEqualTo(new Stickiness(3, 3));
    assertThat(split.gates()).singleElement().isInstanceOf(Gate.Layer.class);
    assertThat(split.arms()).extracting(arm -> arm.variant()).containsExactly("yes", "no");
  }

  @Test
  void premisesSayWhatAttributesMustBe() {
    Imported imported =
        IMPORT.growthBook(
            """
            {"features": {"a": {"rules": [{"force": 1, "condition": {"age": {"$gt": 18}}}]}}}
            """);

    Premise premise = imported.premises().getFirst();
    assertThat(premise.attributes()).containsExactly("age");
    assertThat(premise.kinds()).isEqualTo(Set.of(Kind.NUMBER, Kind.BOOLEAN, Kind.ABSENT));
    assertThat(premise.holds(Person.of(Map.of(), Map.of("age", 20)))).isTrue();
    assertThat(premise.holds(Person.of(Map.of(), Map.of("age", "20")))).isFalse();
    assertThat(premise.holds(Person.of(Map.of(), Map.of()))).isTrue();
  }

  @Test
  void fractionsInPercentagesAreRefused() {
    String definition =
        """
        {"flags": {"a": {"state": "ENABLED", "variants": {"x": 1, "y": 2}, "defaultVariant": "x",
          "targeting": {"fractional": [["x", 50], ["y", 50]]}}}}
        """;

    assertThat(IMPORT.flagd(definition, FlagdFractions.WEIGHTS).flags()).hasSize(1);
    assertThat(IMPORT.flagd(definition, FlagdFractions.PERCENTAGES).refusals())
        .singleElement()
        .extracting(Refusal::reason)
        .asString()
        .contains("round");
  }

  @Test
  void obfuscatedConfigurationsAndBanditsAreRefused() {
    String flag =
        """
        {"key": "a", "enabled": true, "variationType": "STRING", "totalShards": 100,
         "variations": {"x": {"key": "x", "value": "x"}}, "allocations": []}
        """;

    assertThat(IMPORT.eppo("{\"flags\": {\"a\": " + flag + "}}").flags()).hasSize(1);
    assertThat(IMPORT.eppo("{\"format\": \"CLIENT\", \"flags\": {\"a\": " + flag + "}}").refusals())
        .singleElement()
        .extracting(Refusal::reason)
        .asString()
        .contains("obfuscated");
    String bandits = "\"banditReferences\": {\"b\": {\"flagVariations\": [{\"flagKey\": \"a\"}]}}";
    assertThat(IMPORT.eppo("{" + bandits + ", \"flags\": {\"a\": " + flag + "}}").refusals())
        .singleElement()
        .extracting(Refusal::reason)
        .asString()
        .contains("bandit");
  }

  @Test
  void saltsThatSdksHashDifferentlyAreRefused() {
    Imported imported =
        IMPORT.unleash(
            """
            {"features": [{"name": "a", "enabled": true, "strategies": [
              {"name": "flexibleRollout", "parameters":
                {"rollout": "50", "stickiness": "userId", "groupId": "用户"}}]}]}
            """);

    assertThat(imported.refusals())
        .singleElement()
        .extracting(Refusal::reason)
        .asString()
        .contains("not ASCII");
  }

  @Test
  void listsThatAreLongerThanTheLanguageAllowsAreTakenApart() {
    StringBuilder values = new StringBuilder("\"u0\"");
    for (int index = 1; index < 120_000; index++) {
      values.append(",\"u").append(index).append('"');
    }
    Imported imported =
        IMPORT.growthBook(
            "{\"features\": {\"a\": {\"defaultValue\": 0, \"rules\": [{\"force\": 1,"
                + " \"condition\": {\"id\": {\"$in\": ["
                + values
                + "]}}}]}}}");

    FlagSet flags = FlagSet.of(imported.flags());
    for (String id : List.of("u0", "u999", "u1000", "u119999")) {
      assertThat(
              flags
                  .decideAll(Person.of(Map.of(), Map.of("id", id)), Instant.EPOCH)
                  .getFirst()
                  .variant())
          .isEqualTo("1");
    }
    assertThat(
            flags
                .decideAll(Person.of(Map.of(), Map.of("id", "u120000")), Instant.EPOCH)
                .getFirst()
                .variant())
        .isEqualTo("0");
  }
}
