package io.tenure.experiment.domain.flag;

import static io.tenure.experiment.domain.Samples.number;
import static io.tenure.experiment.domain.Samples.text;
import static io.tenure.experiment.domain.Samples.trait;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.condition.domain.Operator;
import io.tenure.evaluator.Forced;
import io.tenure.evaluator.Prerequisite;
import io.tenure.evaluator.UnitType;
import io.tenure.evaluator.Value;
import io.tenure.evaluator.Variant;
import io.tenure.experiment.domain.Samples;
import io.tenure.platform.failure.FieldViolation;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
            UnitType.USER,
            List.of(
                new Variant("a", text("x")),
                new Variant("a", number(1)),
                new Variant("", new Value.Items(List.of()))),
            "off",
            List.of(
                new Forced(UnitType.USER, Map.of("ann", "b")), new Forced(UnitType.USER, Map.of())),
            List.of(new Prerequisite("other", Set.of())),
            List.of(
                FlagRule.of("", trait("a", Operator.IS_SET), Allocation.everybody("b")),
                FlagRule.of("first", trait("a", Operator.IS_SET), new RuleServing.Tested("x")),
                FlagRule.of("second", null, new RuleServing.Tested("x"))),
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
            "forced[0].variants",
            "forced[1].unit_type",
            "forced[1].variants",
            "prerequisites[0].variants",
            "rules[0].name",
            "rules[0].allocation.shares[0].variant",
            "rules[1].condition",
            "rules[2].experiment",
            "fallthrough.shares[1].variant",
            "fallthrough.shares[1].weight",
            "fallthrough.shares");
  }

  private static List<String> fields(Flag flag) {
    return FlagInspection.violations(flag).stream().map(FieldViolation::field).toList();
  }
}
