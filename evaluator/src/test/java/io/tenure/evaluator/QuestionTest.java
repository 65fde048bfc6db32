package io.tenure.evaluator;

import static io.tenure.evaluator.Flags.number;
import static io.tenure.evaluator.Flags.text;
import static io.tenure.evaluator.Flags.trait;
import static io.tenure.evaluator.Flags.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenure.condition.domain.Condition;
import io.tenure.condition.domain.EventSelector;
import io.tenure.condition.domain.Operator;
import io.tenure.condition.domain.Value.Decimal;
import io.tenure.condition.domain.Window;
import io.tenure.platform.testing.Generator;
import io.tenure.platform.testing.Property;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class QuestionTest {

  private static final Subject SUBJECT =
      with(
          Map.of(
              "city", new Value.Text("Hangzhou"),
              "balance", new Value.Numeric(100),
              "rate", new Value.Numeric(0.1),
              "code", new Value.Text("100"),
              "vip", new Value.Truth(true),
              "said nothing", new Value.Nothing(),
              "funds", new Value.Items(List.of(new Value.Text("bond"), new Value.Numeric(7)))),
          "savers");

  @ParameterizedTest
  @CsvSource({
    "LESS, 100, false", "LESS, 100.5, true",
    "LESS_OR_EQUAL, 100, true", "LESS_OR_EQUAL, 99, false",
    "GREATER, 100, false", "GREATER, 99.5, true",
    "GREATER_OR_EQUAL, 100, true", "GREATER_OR_EQUAL, 101, false",
    "EQUAL, 100, true", "EQUAL, 101, false",
    "NOT_EQUAL, 100, false", "NOT_EQUAL, 101, true",
  })
  void comparesNumbers(Operator operator, String bound, boolean expected) {
    assertThat(holds(trait("balance", operator, number(bound)))).isEqualTo(expected);
  }

  @Test
  void aNumberIsTheDecimalItIsWrittenAs() {
    assertThat(holds(trait("rate", Operator.EQUAL, number("0.1")))).isTrue();
    assertThat(holds(trait("rate", Operator.EQUAL, number("0.10000000000000000001")))).isFalse();
    assertThat(holds(trait("rate", Operator.LESS, number("0.10000000000000000001")))).isTrue();
    assertThat(holds(trait("rate", Operator.GREATER, number("0.09999999999999999999")))).isTrue();
  }

  @Test
  void boundsCompareAsDecimalsDo() {
    Generator<Double> doubles =
        Generator.of(List.of(0.1, 0.3, 1e15, 1e16 + 2, -0.7, 1.0 / 3, 123456.789, 1e-7));
    Property.forAll(
        Generator.lists(doubles, 2),
        numbers -> {
          if (numbers.size() < 2) {
            return;
          }
          for (int nudge : List.of(-2, -1, 0, 1, 2)) {
            BigDecimal bound =
                new BigDecimal(Double.toString(numbers.getFirst()))
                    .add(BigDecimal.valueOf(nudge, 30));
            int expected = new BigDecimal(Double.toString(numbers.getLast())).compareTo(bound);
            assertThat(new NumberBound(new Decimal(bound)).compare(numbers.getLast()))
                .isEqualTo(expected);
          }
        });
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

  @Test
  void typesNeverMix() {
    assertThat(holds(trait("code", Operator.EQUAL, number("100")))).isFalse();
    assertThat(holds(trait("balance", Operator.EQUAL, text("100")))).isFalse();
    assertThat(holds(trait("code", Operator.LESS, number("101")))).isFalse();
    assertThat(holds(trait("vip", Operator.EQUAL, text("true")))).isFalse();
    assertThat(holds(trait("vip", Operator.EQUAL, new io.tenure.condition.domain.Value.Flag(true))))
        .isTrue();
  }

  @Test
  void aListHasElements() {
    assertThat(holds(trait("funds", Operator.HAS_ELEMENT, text("bond")))).isTrue();
    assertThat(holds(trait("funds", Operator.HAS_ELEMENT, number("7")))).isTrue();
    assertThat(holds(trait("funds", Operator.HAS_ELEMENT, text("7")))).isFalse();
    assertThat(holds(trait("city", Operator.HAS_ELEMENT, text("Hangzhou")))).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Operator.class)
  void whatIsMissingOrNullFulfilsOnlyTheNegativeOperators(Operator operator) {
    boolean expected = operator == Operator.NOT_EQUAL || operator == Operator.IS_NOT_SET;
    for (String name : List.of("missing", "said nothing")) {
      Condition condition =
          switch (operator) {
            case IS_SET, IS_NOT_SET -> trait(name, operator);
            case CONTAINS, STARTS_WITH -> trait(name, operator, text("a"));
            case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, HAS_ELEMENT ->
                trait(name, operator, number("1"));
          };
      assertThat(holds(condition)).as(name).isEqualTo(expected);
    }
  }

  @Test
  void combines() {
    Condition yes = trait("city", Operator.IS_SET);
    Condition no = trait("city", Operator.IS_NOT_SET);
    assertThat(holds(new Condition.All(List.of(yes, yes)))).isTrue();
    assertThat(holds(new Condition.All(List.of(yes, no)))).isFalse();
    assertThat(holds(new Condition.Any(List.of(no, yes)))).isTrue();
    assertThat(holds(new Condition.Any(List.of(no, no)))).isFalse();
    assertThat(holds(new Condition.Not(no))).isTrue();
    assertThat(holds(new Condition.InSegment("savers"))).isTrue();
    assertThat(holds(new Condition.InSegment("traders"))).isFalse();
  }

  @Test
  void eventsCannotBeAskedFor() {
    Condition events =
        new Condition.EventCount(
            EventSelector.named("a"), Operator.GREATER, 0, new Window.Always());
    assertThatThrownBy(() -> Question.of(new Condition.Not(events)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static boolean holds(Condition condition) {
    return Question.of(condition).holds(SUBJECT);
  }
}
