package io.tenure.evaluator;

import io.tenure.condition.domain.Comparison;
import io.tenure.condition.domain.Condition;
import io.tenure.condition.domain.Operator;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Flags and subjects for tests. */
final class Flags {

  static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");

  private Flags() {}

  /** A flag with the variants on, off and other, whose text is their name. */
  static Flag flag(String key, Serving fallthrough, Rule... rules) {
    return new Flag(
        key, true, variants(), "off", List.of(), List.of(), List.of(rules), fallthrough);
  }

  static Flag waiting(String key, Prerequisite... prerequisites) {
    return new Flag(
        key, true, variants(), "off", List.of(), List.of(prerequisites), List.of(), fixed("on"));
  }

  static Flag disabled(Flag flag) {
    return new Flag(
        flag.key(),
        false,
        flag.variants(),
        flag.offVariant(),
        flag.forced(),
        flag.prerequisites(),
        flag.rules(),
        flag.fallthrough());
  }

  static Flag forced(Flag flag, Map<String, String> variants) {
    return new Flag(
        flag.key(),
        flag.enabled(),
        flag.variants(),
        flag.offVariant(),
        List.of(new Forced(UnitType.USER, variants)),
        flag.prerequisites(),
        flag.rules(),
        flag.fallthrough());
  }

  private static List<Variant> variants() {
    return List.of(variant("on"), variant("off"), variant("other"));
  }

  private static Variant variant(String name) {
    return new Variant(name, new Value.Text(name));
  }

  static Serving fixed(String variant) {
    return new Serving.Fixed(variant);
  }

  /** Halves of users, on and off. */
  static Serving.Split halves(String key, Gate... gates) {
    return Serving.Split.of(
        key,
        Dealing.of(UnitType.USER, key),
        List.of(gates),
        List.of("on", "off"),
        List.of(5_000, 5_000),
        null);
  }

  static Condition trait(
      String name, Operator operator, io.tenure.condition.domain.Value... values) {
    return new Condition.Trait(name, new Comparison(operator, List.of(values)));
  }

  static io.tenure.condition.domain.Value text(String text) {
    return new io.tenure.condition.domain.Value.Text(text);
  }

  static io.tenure.condition.domain.Value number(String number) {
    return new io.tenure.condition.domain.Value.Decimal(new BigDecimal(number));
  }

  static Subject user(String id) {
    return new Person(Map.of(UnitType.USER, id), Map.of(), Set.of(), Map.of());
  }

  static Subject with(Map<String, Value> attributes, String... segments) {
    return new Person(
        Map.of(UnitType.USER, "user-1"), attributes, Set.copyOf(Arrays.asList(segments)), Map.of());
  }

  /** A subject that knows what it is given. */
  record Person(
      Map<UnitType, String> ids,
      Map<String, Value> attributes,
      Set<String> segments,
      Map<KeptKey, Kept> keeps)
      implements Subject {

    @Override
    public @Nullable String id(UnitType type) {
      return ids.get(type);
    }

    @Override
    public @Nullable Value attribute(String name) {
      return attributes.get(name);
    }

    @Override
    public boolean isMemberOf(String segmentId) {
      return segments.contains(segmentId);
    }

    @Override
    public @Nullable Kept kept(KeptKey key) {
      return keeps.get(key);
    }
  }
}
