package io.tenure.flagimport;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.condition.domain.Value;
import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Examples of ECMA-262 and of what Node.js prints. */
final class ScalarsTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, 0",
    "5, 5",
    "-2.50, -2.5",
    "0.1, 0.1",
    "123456789.125, 123456789.125",
    "1e20, 100000000000000000000",
    "123456789012345680000, 123456789012345680000",
    "1e21, 1e+21",
    "1.5e300, 1.5e+300",
    "0.000001, 0.000001",
    "0.0000001, 1e-7",
    "0.00000012345, 1.2345e-7",
  })
  void writesNumbersAsJavaScriptDoes(double number, String written) {
    assertThat(Scalars.written(number)).isEqualTo(written);
  }

  @ParameterizedTest
  @ValueSource(strings = {"05", "5.0", "+5", "1e3", " 5", "5 ", "0x5", "-0", "", ".5", "NaN", "1."})
  void aTextThatNoNumberIsWrittenAsStandsForItself(String text) {
    assertThat(Scalars.writtenAs(text)).containsExactly(new Value.Text(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "-2.5", "0", "1e+21", "1e-7"})
  void aTextThatANumberIsWrittenAsStandsForBoth(String text) {
    assertThat(Scalars.writtenAs(text))
        .containsExactly(new Value.Text(text), new Value.Decimal(new BigDecimal(text)));
  }
}
