package io.tenure.experiment.domain;

import io.tenure.condition.domain.Comparison;
import io.tenure.condition.domain.Condition;
import io.tenure.condition.domain.Operator;
import io.tenure.evaluator.Value;
import io.tenure.evaluator.Variant;
import java.math.BigDecimal;
import java.util.List;

/** Flags and values the tests share. */
public final class Samples {

  private static final List<Variant> SWITCH =
      List.of(new Variant("on", truth(true)), new Variant("off", truth(false)));

  private Samples() {}

  /** On for everybody in a segment, for gold users above a balance, and for a fifth of the rest. */
  public static Flag homeFlag(String key) {
    return new Flag(
        key,
        "New home screen",
        "",
        true,
        SWITCH,
        "off",
        rules(),
        new Allocation(List.of(new Share("on", 2_000), new Share("off", 8_000))),
        "");
  }

  /** The rules of the home flag, and one variant for the others. */
  public static Flag targeted(String key, boolean enabled) {
    return new Flag(key, "", "", enabled, SWITCH, "off", rules(), Allocation.everybody("off"), "");
  }

  /** No rules, one variant for everybody. */
  public static Flag plain(String key, String variant) {
    return new Flag(key, "", "", true, SWITCH, "off", List.of(), Allocation.everybody(variant), "");
  }

  private static List<FlagRule> rules() {
    return List.of(
        new FlagRule("testers", new Condition.InSegment("testers"), Allocation.everybody("on")),
        new FlagRule(
            "wealthy",
            new Condition.All(
                List.of(
                    trait(
                        "tier", Operator.EQUAL, new io.tenure.condition.domain.Value.Text("gold")),
                    trait(
                        "balance",
                        Operator.GREATER_OR_EQUAL,
                        new io.tenure.condition.domain.Value.Decimal(BigDecimal.valueOf(1_000))))),
            Allocation.everybody("on")));
  }

  static Condition trait(
      String name, Operator operator, io.tenure.condition.domain.Value... values) {
    return new Condition.Trait(name, new Comparison(operator, List.of(values)));
  }

  static Value text(String value) {
    return new Value.Text(value);
  }

  static Value number(double value) {
    return new Value.Numeric(value);
  }

  static Value truth(boolean value) {
    return new Value.Truth(value);
  }
}
