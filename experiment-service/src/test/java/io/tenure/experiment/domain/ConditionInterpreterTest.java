package io.tenure.experiment.domain;

import static io.tenure.experiment.domain.Samples.number;
import static io.tenure.experiment.domain.Samples.text;
import static io.tenure.experiment.domain.Samples.trait;
import static io.tenure.experiment.domain.Samples.truth;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.experiment.domain.FlagCondition.All;
import io.tenure.experiment.domain.FlagCondition.Any;
import io.tenure.experiment.domain.FlagCondition.Member;
import io.tenure.experiment.domain.FlagCondition.Not;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class ConditionInterpreterTest {

  private static final FlagCondition TRUE = trait("city", Operator.IS_SET);
  private static final FlagCondition FALSE = trait("city", Operator.IS_NOT_SET);
  private static final Subject SUBJECT =
      new FixedSubject(
          Map.of("city", text("Hangzhou"), "balance", number(100), "vip", truth(true)),
          Set.of("savers"));

  @ParameterizedTest
  @CsvSource({
    "LESS, 100, false", "LESS, 100.5, true",
    "LESS_OR_EQUAL, 100, true", "LESS_OR_EQUAL, 99, false",
    "GREATER, 100, false", "GREATER, 99.5, true",
    "GREATER_OR_EQUAL, 100, true", "GREATER_OR_EQUAL, 101, false",
    "EQUAL, 100, true", "EQUAL, 101, false",
    "NOT_EQUAL, 100, false", "NOT_EQUAL, 101, true",
  })
  void comparesNumbers(Operator operator, double value, boolean expected) {
    assertThat(holds(trait("balance", operator, number(value)))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "EQUAL, Hangzhou, true", "EQUAL, hangzhou, false",
    "NOT_EQUAL, Hangzhou, false", "NOT_EQUAL, Beijing, true",
    "CONTAINS, gzh, true", "CONTAINS, GZH, false",
    "STARTS_WITH, Hang, true", "STARTS_WITH, ang, false",
  })
  void comparesTexts(Operator operator, String value, boolean expected) {
    assertThat(holds(trait("city", operator, text(value)))).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource(Operator.class)
  void fulfilsOnlyTheNegativeOperatorsWithAMissingTrait(Operator operator) {
    boolean expected = operator == Operator.NOT_EQUAL || operator == Operator.IS_NOT_SET;
    assertThat(holds(trait("missing", operator, operand(operator)))).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource(names = {"LESS", "LESS_OR_EQUAL", "GREATER", "GREATER_OR_EQUAL"})
  void findsNoOrderBetweenTextsAndNumbers(Operator operator) {
    assertThat(holds(trait("city", operator, number(0)))).isFalse();
  }

  @Test
  void keepsTypesApart() {
    assertThat(holds(trait("balance", Operator.EQUAL, text("100")))).isFalse();
    assertThat(holds(trait("vip", Operator.EQUAL, text("true")))).isFalse();
    assertThat(holds(trait("vip", Operator.EQUAL, truth(true)))).isTrue();
    assertThat(holds(trait("balance", Operator.CONTAINS, text("1")))).isFalse();
  }

  @Test
  void comparesWithAnyOfSeveralValues() {
    Value[] cities = {text("Beijing"), text("Hangzhou")};
    assertThat(holds(trait("city", Operator.EQUAL, cities))).isTrue();
    assertThat(holds(trait("city", Operator.NOT_EQUAL, cities))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"false,false", "false,true", "true,false", "true,true"})
  void combinesLikeLogic(boolean left, boolean right) {
    List<FlagCondition> parts = List.of(constant(left), constant(right));

    assertThat(holds(new All(parts))).isEqualTo(left && right);
    assertThat(holds(new Any(parts))).isEqualTo(left || right);
    assertThat(holds(new Not(constant(left)))).isEqualTo(!left);
  }

  @Test
  void asksForMembership() {
    assertThat(holds(new Member("savers"))).isTrue();
    assertThat(holds(new Member("faders"))).isFalse();
  }

  private static Value[] operand(Operator operator) {
    return switch (operator) {
      case IS_SET, IS_NOT_SET -> new Value[0];
      case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> new Value[] {number(0)};
      case EQUAL, NOT_EQUAL, CONTAINS, STARTS_WITH -> new Value[] {text("x")};
    };
  }

  private static FlagCondition constant(boolean value) {
    return value ? TRUE : FALSE;
  }

  private static boolean holds(FlagCondition condition) {
    return ConditionInterpreter.holds(condition, SUBJECT);
  }

  private record FixedSubject(Map<String, Value> traits, Set<String> segments) implements Subject {
    @Override
    public Optional<Value> trait(String name) {
      return Optional.ofNullable(traits.get(name));
    }

    @Override
    public boolean isMemberOf(String segmentId) {
      return segments.contains(segmentId);
    }

    @Override
    public boolean isDegraded() {
      return false;
    }
  }
}
