package io.tenure.gateway.api.abtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Value;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class QuestionTest {

  private static Question read(String body) {
    return Question.read(body.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void isAboutTheLoginIdAndKeepsTheDevice() {
    Question question = read("{\"login_id\":\"ann\",\"anonymous_id\":\"d1\"}");

    assertThat(question.targetingKey()).isEqualTo("ann");
    assertThat(question.context().getFieldsMap()).isEqualTo(Map.of("device_id", text("d1")));
    assertThat(question.parameter()).isEmpty();
  }

  @Test
  void isAboutTheDeviceBeforeALogin() {
    Question question = read("{\"login_id\":\"\",\"anonymous_id\":\"d1\"}");

    assertThat(question.targetingKey()).isEqualTo("d1");
    assertThat(question.context().getFieldsMap()).isEqualTo(Map.of("device_id", text("d1")));
  }

  @Test
  void takesNumbersAsIds() {
    Question question = read("{\"login_id\":42,\"custom_ids\":{\"account_id\":7}}");

    assertThat(question.targetingKey()).isEqualTo("42");
    assertThat(question.context().getFieldsMap()).isEqualTo(Map.of("account_id", text("7")));
  }

  @Test
  void letsTheMoreParticularWin() {
    Question question =
        read(
            """
            {"login_id":"ann","anonymous_id":"d1","param_name":"home",
             "properties":{"$os":"iOS","tier":"silver","device_id":"other"},
             "custom_properties":{"tier":"gold","balance":5,"account_id":"b"},
             "custom_ids":{"account_id":"a","household_id":"h"}}
            """);

    assertThat(question.context().getFieldsMap())
        .isEqualTo(
            Map.of(
                "$os", text("iOS"),
                "tier", text("gold"),
                "balance", Value.newBuilder().setNumberValue(5).build(),
                "account_id", text("a"),
                "household_id", text("h"),
                "device_id", text("d1")));
    assertThat(question.parameter()).isEqualTo("home");
  }

  private static Value text(String text) {
    return Value.newBuilder().setStringValue(text).build();
  }
}
