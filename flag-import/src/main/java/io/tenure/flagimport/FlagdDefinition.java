package io.tenure.flagimport;

import io.tenure.evaluator.Flag;
import io.tenure.evaluator.Rule;
import io.tenure.evaluator.Serving;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Translates flagd's flag definitions. */
final class FlagdDefinition {

  private final Units units;
  private final FlagdFractions fractions;
  private final JsonNode evaluators;

  private FlagdDefinition(Units units, FlagdFractions fractions, JsonNode evaluators) {
    this.units = units;
    this.fractions = fractions;
    this.evaluators = evaluators;
  }

  static Imported translate(Json document, Units units, FlagdFractions fractions) {
    if (!document.at("flags").isObject()) {
      throw new MalformedImportException("A definition of flagd has an object 'flags'");
    }
    Map<String, Json> definitions = new LinkedHashMap<>();
    document
        .at("flags")
        .fields()
        .forEach(field -> definitions.put(field.name(), field.value().root()));
    FlagdDefinition definition =
        new FlagdDefinition(units, fractions, document.at("$evaluators").node());
    return new Translation(definitions, definition::flag).run();
  }

  /** Puts what is defined once wherever it is referred to, as flagd does before anything else. */
  private JsonNode resolved(JsonNode node) {
    if (node.isArray()) {
      ArrayNode list = JsonNodeFactory.instance.arrayNode();
      node.forEach(item -> list.add(resolved(item)));
      return list;
    }
    if (!node.isObject()) {
      return node;
    }
    JsonNode name = node.path("$ref");
    if (node.size() == 1 && name.isString() && evaluators.has(name.stringValue())) {
      return evaluators.path(name.stringValue());
    }
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    node.properties().forEach(field -> object.set(field.getKey(), resolved(field.getValue())));
    return object;
  }

  private Translated flag(String key, Json written, Translation others) {
    Json flag = new Json(resolved(written.node()), written.path());
    flag.hasOnly(Set.of("state", "variants", "defaultVariant", "targeting", "metadata"));
    Variants variants = new Variants();
    Set<String> names = new HashSet<>();
    for (Json.Field field : flag.at("variants").fields()) {
      names.add(variants.named(field.name(), field.value().value(), field.value()));
    }
    String nothing = variants.callersDefault();
    Json chosen = flag.at("defaultVariant");
    String otherwise = chosen.textOr(nothing);
    if (!otherwise.equals(nothing) && !names.contains(otherwise)) {
      throw chosen.refused("there is no variant '" + otherwise + "'");
    }
    Premises premises = new Premises();
    Json targeting = flag.at("targeting");
    boolean targeted = targeting.isGiven() && !targeting.fields().isEmpty();
    List<Rule> rules =
        targeted
            ? new FlagdTargeting(key, names, otherwise, units, fractions, premises).rules(targeting)
            : List.of();
    return new Translated(
        new Flag(
            key,
            isEnabled(flag.at("state")),
            variants.all(),
            nothing,
            List.of(),
            List.of(),
            rules,
            new Serving.Fixed(otherwise)),
        premises);
  }

  private static boolean isEnabled(Json state) {
    return switch (state.text()) {
      case "ENABLED" -> true;
      case "DISABLED" -> false;
      default -> throw state.refused("a flag is ENABLED or DISABLED");
    };
  }
}
