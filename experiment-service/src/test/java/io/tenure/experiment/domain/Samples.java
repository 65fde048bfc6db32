package io.tenure.experiment.domain;

import io.tenure.condition.domain.Comparison;
import io.tenure.condition.domain.Condition;
import io.tenure.condition.domain.Operator;
import io.tenure.evaluator.UnitType;
import io.tenure.evaluator.Value;
import io.tenure.evaluator.Variant;
import io.tenure.experiment.domain.flag.Allocation;
import io.tenure.experiment.domain.flag.Flag;
import io.tenure.experiment.domain.flag.FlagRule;
import io.tenure.experiment.domain.flag.Share;
import java.math.BigDecimal;
import java.util.List;

/** Flags and values the tests share. */
public final class Samples {

  private static final List<Variant> SWITCH =
      List.of(new Variant("on", truth(true)), new Variant("off", truth(false)));

  private Samples() {}

  /** On for everybody in a segment, for gold users above a balance, and for a fifth of the rest. */
  public static Flag homeFlag(String key) {
    return flag(
        key,
        true,
        rules(),
        new Allocation(List.of(new Share("on", 2_000), new Share("off", 8_000))));
  }

  /** The rules of the home flag, and one variant for the others. */
  public static Flag targeted(String key, boolean enabled) {
    return flag(key, enabled, rules(), Allocation.everybody("off"));
  }

  /** No rules, one variant for everybody. */
  public static Flag plain(String key, String variant) {
    return flag(key, true, List.of(), Allocation.everybody(variant));
  }

  /** A switch that is on or off. */
  public static Flag flag(
      String key, boolean enabled, List<FlagRule> rules, Allocation fallthrough) {
    return new Flag(
        key,
        "",
        "",
        enabled,
        UnitType.USER,
        SWITCH,
        "off",
        List.of(),
        List.of(),
        rules,
        fallthrough,
        "");
  }

  private static List<FlagRule> rules() {
    return List.of(
        FlagRule.of("testers", new Condition.InSegment("testers"), Allocation.everybody("on")),
        FlagRule.of(
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

  /** A comparison of a trait. */
  public static Condition trait(
      String name, Operator operator, io.tenure.condition.domain.Value... values) {
    return new Condition.Trait(name, new Comparison(operator, List.of(values)));
  }

  /** A text. */
  public static Value text(String value) {
    return new Value.Text(value);
  }

  /** A number. */
  public static Value number(double value) {
    return new Value.Numeric(value);
  }

  /** A boolean. */
  public static Value truth(boolean value) {
    return new Value.Truth(value);
  }
}
