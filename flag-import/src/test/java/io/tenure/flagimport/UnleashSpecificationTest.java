package io.tenure.flagimport;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.evaluator.FlagSet;
import io.tenure.evaluator.Outcome;
import io.tenure.evaluator.UnitType;
import io.tenure.evaluator.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Unleash's client specification, as npm has it: every case is right, or its flag is refused. */
final class UnleashSpecificationTest {

  private static final Path CASES =
      Oracle.NODE.resolve("node_modules/@unleash/client-specification/specifications");
  private static final FlagImport IMPORT =
      new FlagImport(
          UnitTypes.USUAL
              .with("sessionId", UnitType.DEVICE)
              .with("customField", UnitType.HOUSEHOLD));
  private static final Map<UnitType, String> IDS =
      Map.of(
          UnitType.USER, "userId", UnitType.DEVICE, "sessionId", UnitType.HOUSEHOLD, "customField");

  private final List<String> wrong = new ArrayList<>();
  private final Map<String, Integer> leftOut = new TreeMap<>();
  private int right;

  @Test
  void everyCaseIsRightOrRefused() throws Exception {
    for (JsonNode name : read(CASES.resolve("index.json"))) {
      document(read(CASES.resolve(name.stringValue())));
    }

    int refused = leftOut.values().stream().mapToInt(Integer::intValue).sum();
    assertThat(wrong).isEmpty();
    assertThat(right + refused).isEqualTo(279);
    assertThat(right).isEqualTo(182);
    assertThat(leftOut)
        .containsOnly(
            Map.entry("a stream of changes, not an answer of the client API", 4),
            Map.entry("addresses cannot be compared here", 12),
            Map.entry("how a text ends cannot be asked for here", 4),
            Map.entry("no such flag", 3),
            Map.entry("only plain text can be searched for here", 32),
            Map.entry("only the app knows what the strategy '…' does", 6),
            Map.entry("texts cannot be compared here without regard to case", 3),
            Map.entry("the operator '…' is not known here", 1),
            Map.entry("units are dealt by '…', which no unit type is known for", 2),
            Map.entry("versions cannot be compared here", 30));
  }

  private static JsonNode read(Path file) throws Exception {
    return Oracle.MAPPER.readTree(Files.readString(file));
  }

  private void document(JsonNode document) {
    int cases = document.path("tests").size() + document.path("variantTests").size();
    if (!document.path("state").path("features").isArray()) {
      leftOut.merge("a stream of changes, not an answer of the client API", cases, Integer::sum);
      return;
    }
    Imported imported = IMPORT.unleash(document.get("state").toString());
    FlagSet flags = FlagSet.of(imported.flags());
    for (String kind : List.of("tests", "variantTests")) {
      for (JsonNode test : document.path(kind)) {
        test(imported, flags, test);
      }
    }
  }

  private void test(Imported imported, FlagSet flags, JsonNode test) {
    String key = test.get("toggleName").stringValue();
    List<Premise> premises =
        imported.premises().stream().filter(premise -> premise.flag().equals(key)).toList();
    Person person = person(test.get("context"), premises);
    Instant now =
        test.get("context").has("currentTime")
            ? OffsetDateTime.parse(test.get("context").get("currentTime").stringValue()).toInstant()
            : Instant.parse("2026-03-02T10:00:00Z");
    Outcome outcome = flags.decide(key, person, now);
    if (outcome == null) {
      leftOut.merge(reason(imported, key), 1, Integer::sum);
    } else if (!premises.stream().allMatch(premise -> premise.holds(person))) {
      leftOut.merge("outside the premises", 1, Integer::sum);
    } else if (isRight(outcome, test.get("expectedResult"))) {
      right++;
    } else {
      wrong.add(test.get("description") + " " + outcome + " " + person);
    }
  }

  private static String reason(Imported imported, String key) {
    return imported.refusals().stream()
        .filter(refusal -> refusal.flag().equals(key))
        .map(refusal -> refusal.reason().replaceAll("'[^']*'", "'…'"))
        .findFirst()
        .orElse("no such flag");
  }

  private static boolean isRight(Outcome outcome, JsonNode expected) {
    boolean enabled = !outcome.variant().equals("disabled");
    if (expected.isBoolean()) {
      return enabled == expected.booleanValue();
    }
    boolean hasVariant = enabled && !outcome.variant().equals("enabled");
    return enabled == featureEnabled(expected)
        && hasVariant == expected.get("enabled").booleanValue()
        && (!hasVariant || outcome.variant().equals(expected.get("name").stringValue()))
        && (!hasVariant || payload(expected).equals(outcome.value()));
  }

  private static boolean featureEnabled(JsonNode expected) {
    return expected
        .path("feature_enabled")
        .asBoolean(expected.path("featureEnabled").asBoolean(false));
  }

  private static Value payload(JsonNode expected) {
    JsonNode payload = expected.path("payload");
    if (payload.isMissingNode()) {
      return new Value.Text(expected.get("name").stringValue());
    }
    String value = payload.get("value").stringValue();
    return switch (payload.get("type").stringValue()) {
      case "json", "number" -> new Json(Oracle.MAPPER.readTree(value), "").value();
      default -> new Value.Text(value);
    };
  }

  /**
   * The properties of Unleash are texts. Those that a flag compares as numbers are given to us as
   * the numbers they are written as, which is what its premises ask for.
   */
  private static Person person(JsonNode context, List<Premise> premises) {
    Set<String> numbers =
        premises.stream()
            .filter(premise -> premise.kinds().contains(Kind.NUMBER))
            .filter(premise -> !premise.kinds().contains(Kind.TEXT))
            .flatMap(premise -> premise.attributes().stream())
            .collect(Collectors.toCollection(HashSet::new));
    Map<String, Value> attributes = new HashMap<>();
    context.properties().forEach(field -> put(attributes, field, numbers));
    context.path("properties").properties().forEach(field -> put(attributes, field, numbers));
    return new Person(IDS, attributes);
  }

  private static void put(
      Map<String, Value> attributes, Map.Entry<String, JsonNode> field, Set<String> numbers) {
    Value value = new Json(field.getValue(), "").value();
    boolean number =
        numbers.contains(field.getKey())
            && value instanceof Value.Text(String text)
            && text.matches("-?[0-9]+(\\.[0-9]+)?");
    attributes.put(
        field.getKey(),
        number ? new Value.Numeric(Double.parseDouble(field.getValue().stringValue())) : value);
  }
}
