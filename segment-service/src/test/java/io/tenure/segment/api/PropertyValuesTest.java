package io.tenure.segment.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PropertyValuesTest {

  @ParameterizedTest
  @ValueSource(strings = {"0", "12", "-3", "12.5", "1.50", "0.1", "9007199254740992"})
  void givesExactNumbersBack(String text) {
    assertThat(PropertyValues.value(text).getNumberValue()).isEqualTo(Double.parseDouble(text));
    assertThat(PropertyValues.value(text).hasNumberValue()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "007",
        "+5",
        "1e3",
        "9007199254740993",
        "0.12345678901234567",
        "12.",
        ".5",
        "NaN",
        "Infinity",
        "6222021234567890123",
        "true ",
        "中文"
      })
  void leavesEverythingElseText(String text) {
    assertThat(PropertyValues.value(text)).isEqualTo(text(text));
  }

  @Test
  void givesBooleansListsAndObjectsBack() {
    assertThat(PropertyValues.value("true").getBoolValue()).isTrue();
    assertThat(PropertyValues.value("[\"a\",1]").getListValue().getValuesList())
        .containsExactly(text("a"), Value.newBuilder().setNumberValue(1).build());
    assertThat(PropertyValues.value("{\"a\":1}").getStructValue().getFieldsMap())
        .containsOnlyKeys("a");
    assertThat(PropertyValues.value("[oops")).isEqualTo(text("[oops"));
  }

  private static Value text(String text) {
    return Value.newBuilder().setStringValue(text).build();
  }
}
