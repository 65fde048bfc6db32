package io.tenure.segment.domain.trend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FormulaTest {

  private static final @Nullable BigDecimal[] MEASURES = {
    new BigDecimal("12"), new BigDecimal("0.1"), BigDecimal.ZERO, null
  };

  @ParameterizedTest
  @CsvSource({
    "A, 12",
    "A + B * 2, 12.2",
    "(A + B) * 2, 24.2",
    "A - 2 - 3, 7",
    "A / 4 / 3, 1",
    "-A + 1, -11",
    "A * -2, -24",
    "B + 0.2, 0.3",
    " 100*B /A , 0.8333333333333333333333333333333333",
  })
  void computesInTheUsualOrder(String text, BigDecimal value) {
    assertThat(value(text)).isEqualByComparingTo(value);
  }

  @ParameterizedTest
  @CsvSource({"A / C", "A / (B - 0.1)", "D", "D * 0", "1 + D"})
  void hasNoValueWithoutAPartOrWhenDividingByZero(String text) {
    assertThat(value(text)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "A +, ends too early",
    "(A, ends too early",
    "A B, is not understood at character 3",
    "A) , is not understood at character 2",
    "a, is not understood at character 1",
    "1.2.3, is no number at character 1",
    "'', ends too early",
  })
  void saysWhereItIsNotUnderstood(String text, String description) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Formula.parse(text))
        .withMessage(description);
  }

  @Test
  void limitsItsDepth() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Formula.parse("(".repeat(50) + "A" + ")".repeat(50)))
        .withMessageContaining("20 levels");
  }

  private static @Nullable BigDecimal value(String text) {
    return Formula.parse(text).value(index -> MEASURES[index]);
  }
}
