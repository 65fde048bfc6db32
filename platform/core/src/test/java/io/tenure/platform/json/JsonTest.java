package io.tenure.platform.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;

final class JsonTest {

  @Test
  void keepsBigNumbersExact() {
    String text =
        "{\"a\":9007199254740993,\"b\":0.1000000000000000055511151231257827,\"c\":18446744073709551616}";

    assertThat(Json.write(Json.read(text))).isEqualTo(text);
  }

  @Test
  void refusesDuplicateKeys() {
    assertThatThrownBy(() -> Json.read("{\"a\":1,\"a\":2}")).isInstanceOf(JacksonException.class);
  }

  @Test
  void refusesWhatFollowsTheValue() {
    assertThatThrownBy(() -> Json.read("{} x")).isInstanceOf(JacksonException.class);
  }

  @Test
  void refusesDeepNestingWithoutOverflowingTheStack() {
    assertThatThrownBy(() -> Json.read("[".repeat(100_000))).isInstanceOf(JacksonException.class);
  }
}
