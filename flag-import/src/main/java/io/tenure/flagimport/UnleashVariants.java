package io.tenure.flagimport;

import io.tenure.evaluator.Arm;
import io.tenure.evaluator.Dealing;
import io.tenure.evaluator.Hashing;
import io.tenure.evaluator.Place;
import io.tenure.evaluator.Stretch;
import io.tenure.evaluator.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The variants of an Unleash feature or strategy, and whom they are dealt to. */
final class UnleashVariants {

  /** What is served when a feature is on and has no variant to serve. */
  static final String ENABLED = "enabled";

  /** What is served when it is off. */
  static final String DISABLED = "disabled";

  private static final Set<String> FIELDS =
      Set.of("name", "weight", "weightType", "stickiness", "payload", "overrides");

  private final Variants variants;
  private final Premises premises;

  /**
   * A variant that some get before anybody is dealt one.
   *
   * @param claim who they are
   */
  record Override(Claim claim, String variant) {}

  UnleashVariants(Variants variants, Premises premises) {
    this.variants = variants;
    this.premises = premises;
    variants.called(DISABLED, new Value.Truth(false));
    variants.called(ENABLED, new Value.Truth(true));
  }

  /** Sum of the weights; without any, no variant is served. */
  static long weight(List<Json> listed) {
    return listed.stream().mapToLong(variant -> variant.at("weight").integer()).sum();
  }

  /** The variant that everybody gets, because no other one has a weight. */
  static Optional<String> only(List<Json> listed) {
    List<Json> weighty =
        listed.stream().filter(variant -> variant.at("weight").integer() > 0).toList();
    return weighty.size() == 1
        ? Optional.of(weighty.getFirst().at("name").text())
        : Optional.empty();
  }

  /** Notes the variants of a list; their names in its order. */
  List<String> names(List<Json> listed) {
    return listed.stream().map(this::name).toList();
  }

  private String name(Json variant) {
    variant.hasOnly(FIELDS);
    String name = variant.at("name").text();
    if (name.equals(ENABLED) || name.equals(DISABLED)) {
      throw variant.refused("a variant cannot be named '" + name + "' here");
    }
    if (variant.at("weight").integer() < 0) {
      throw variant.refused("a weight is 0 or more");
    }
    return variants.named(name, value(name, variant.at("payload")), variant);
  }

  private static Value value(String name, Json payload) {
    if (!payload.isGiven()) {
      return new Value.Text(name);
    }
    Json value = payload.at("value");
    return switch (payload.at("type").text()) {
      case "json" -> value.inside().value();
      case "number" -> number(value);
      default -> new Value.Text(value.text());
    };
  }

  private static Value number(Json value) {
    Json number = value.isText() ? value.inside() : value;
    return new Value.Numeric(number.number());
  }

  List<Override> overrides(List<Json> listed) {
    List<Override> overrides = new ArrayList<>();
    for (Json variant : listed) {
      for (Json override : variant.at("overrides").itemsIfGiven()) {
        Attribute attribute =
            new Attribute(override.at("contextName").text(), premises, override)
                .never(Kind.LIST, Kind.NESTED);
        List<io.tenure.condition.domain.Value> values = new ArrayList<>();
        for (Json value : override.at("values").items()) {
          values.addAll(Scalars.writtenAs(value.text()));
        }
        overrides.add(new Override(attribute.is(values), variant.at("name").text()));
      }
    }
    return overrides;
  }

  /** An arm for each variant with a weight. */
  static List<Arm> arms(List<Json> listed, UnleashSticky.Case id, String group) {
    long sum = weight(listed);
    Dealing dealing = new Dealing(id.unit(), Hashing.UNLEASH_VARIANT, group, sum);
    List<Arm> arms = new ArrayList<>();
    long from = 0;
    for (Json variant : listed) {
      long to = from + variant.at("weight").integer();
      arms.add(
          new Arm(
              variant.at("name").text(),
              List.of(new Place(dealing, List.of(new Stretch(from, to))))));
      from = to;
    }
    return arms;
  }
}
