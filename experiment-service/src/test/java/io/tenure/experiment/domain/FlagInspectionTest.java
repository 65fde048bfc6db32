package io.tenure.experiment.domain;

import static io.tenure.experiment.domain.Samples.number;
import static io.tenure.experiment.domain.Samples.text;
import static io.tenure.experiment.domain.Samples.trait;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.platform.failure.FieldViolation;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FlagInspectionTest {

  @Test
  void passesAGoodFlag() {
    assertThat(FlagInspection.violations(Samples.homeFlag("new-home"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1st", "with space", "-a", "键", "a/b"})
  void refusesAKeyOfAnotherShape(String key) {
    assertThat(fields(Samples.plain(key, "on"))).containsExactly("key");
  }

  @Test
  void namesEveryFault() {
    Flag flag =
        new Flag(
            "broken",
            "",
            "",
            true,
            List.of(
                new Variant("a", text("x")),
                new Variant("a", number(1)),
                new Variant("", new Value.Items(List.of()))),
            "off",
            List.of(
                new FlagRule("", new FlagCondition.All(List.of()), Allocation.everybody("b")),
                new FlagRule(
                    "r", trait("balance", Operator.LESS, text("low")), Allocation.everybody("a"))),
            new Allocation(List.of(new Share("a", 6_000), new Share("a", -1))),
            "");

    assertThat(fields(flag))
        .containsExactlyInAnyOrder(
            "variants[1].name",
            "variants[1].value",
            "variants[2].name",
            "variants[2].value",
            "variants[2].value",
            "off_variant",
            "rules[0].name",
            "rules[0].condition.all.conditions",
            "rules[0].allocation.shares[0].variant",
            "rules[1].condition.trait.values",
            "fallthrough.shares[1].variant",
            "fallthrough.shares[1].weight",
            "fallthrough.shares");
  }

  @Test
  void refusesConditionsNestedTooDeep() {
    FlagCondition condition = trait("city", Operator.IS_SET);
    for (int depth = 0; depth < 16; depth++) {
      condition = new FlagCondition.Not(condition);
    }

    assertThat(ConditionInspection.violations("condition", condition))
        .extracting(FieldViolation::description)
        .containsExactly("is nested more than 16 deep");
  }

  @Test
  void countsTheValuesOfAnOperator() {
    assertThat(faults(trait("a", Operator.EQUAL))).isEqualTo(1);
    assertThat(faults(trait("a", Operator.IS_SET, number(1)))).isEqualTo(1);
    assertThat(faults(trait("a", Operator.CONTAINS, text("x"), text("y")))).isEqualTo(1);
    assertThat(faults(trait("", Operator.STARTS_WITH, text("x")))).isEqualTo(1);
    assertThat(faults(new FlagCondition.Member(" "))).isEqualTo(1);
    List<FlagCondition> many = Collections.nCopies(51, trait("a", Operator.IS_SET));
    assertThat(faults(new FlagCondition.Any(many))).isEqualTo(1);
  }

  private static int faults(FlagCondition condition) {
    return ConditionInspection.violations("condition", condition).size();
  }

  private static List<String> fields(Flag flag) {
    return FlagInspection.violations(flag).stream().map(FieldViolation::field).toList();
  }
}
