package io.tenure.gateway.api.abtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.tenure.platform.json.Json;
import io.tenure.proto.evaluator.v1.UnitType;
import io.tenure.proto.experiment.v1.Evaluation;
import io.tenure.proto.experiment.v1.Participation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

final class AnswerTest {

  private static final Participation DEALT =
      Participation.newBuilder()
          .setExperiment("button-test")
          .setPhase(2)
          .setUnitType(UnitType.UNIT_TYPE_USER)
          .setUnit("ann")
          .setControl("small")
          .setDealt(true)
          .build();

  private static Evaluation evaluation(Value value, Participation participation) {
    return Evaluation.newBuilder()
        .setFlagKey("button")
        .setVariant("big")
        .setValue(value)
        .setParticipation(participation)
        .build();
  }

  private static JsonNode results(Evaluation... evaluations) {
    return Json.MAPPER.readTree(Answer.of(List.of(evaluations))).path("results");
  }

  private static JsonNode result(Participation participation) {
    return results(evaluation(text("big"), participation)).path(0);
  }

  private static String variable(Value value) {
    JsonNode variable = results(evaluation(value, DEALT)).path(0).path("variables").path(0);
    assertThat(variable.path("name").stringValue()).isEqualTo("button");
    return variable.path("type").stringValue() + " " + variable.path("value").stringValue();
  }

  @Test
  void namesTheTypeOfEachValue() {
    assertThat(variable(Value.newBuilder().setBoolValue(false).build())).isEqualTo("BOOLEAN false");
    assertThat(variable(text("green"))).isEqualTo("STRING green");
    assertThat(variable(number(-7))).isEqualTo("INTEGER -7");
    Struct struct = Struct.newBuilder().putFields("rows", number(3)).build();
    assertThat(variable(Value.newBuilder().setStructValue(struct).build()))
        .isEqualTo("JSON {\"rows\":3}");
  }

  @Test
  void cutsNoValueToATypeItDoesNotFit() {
    assertThat(variable(number(2.5))).isEqualTo("STRING 2.5");
    assertThat(variable(number(2_147_483_647))).isEqualTo("INTEGER 2147483647");
    assertThat(variable(number(2_147_483_648.0))).isEqualTo("STRING 2147483648");
    ListValue list = ListValue.newBuilder().addValues(number(1)).addValues(text("a")).build();
    assertThat(variable(Value.newBuilder().setListValue(list).build()))
        .isEqualTo("STRING [1,\"a\"]");
  }

  @Test
  void leavesOutWhatIsLeftToTheProgramAndWhatIsNoExperiment() {
    Value none = Value.newBuilder().setNullValue(NullValue.NULL_VALUE).build();
    Evaluation plain = Evaluation.newBuilder().setFlagKey("plain").setValue(text("x")).build();

    assertThat(results(evaluation(none, DEALT), plain).size()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "UNIT_TYPE_USER, button-test#2, USER",
    "UNIT_TYPE_UNSPECIFIED, button-test#2, USER",
    "UNIT_TYPE_DEVICE, button-test#2@device, DEVICE",
    "UNIT_TYPE_ACCOUNT, button-test#2@account, CUSTOM",
    "UNIT_TYPE_HOUSEHOLD, button-test#2@household, CUSTOM"
  })
  void saysWhatIsDealt(UnitType type, String id, String subject) {
    JsonNode result = result(DEALT.toBuilder().setUnitType(type).setUnit("a/1").build());

    assertThat(result.path("abtest_experiment_id").stringValue()).isEqualTo(id);
    assertThat(result.path("abtest_experiment_result_id").stringValue()).isEqualTo(id + "/big/a/1");
    assertThat(result.path("subject_name").stringValue()).isEqualTo(subject);
    assertThat(result.path("subject_id").stringValue()).isEqualTo("a/1");
    assertThat(result.path("abtest_experiment_version").stringValue()).isEqualTo("2");
  }

  @Test
  void tellsTheControl() {
    assertThat(result(DEALT).path("is_control_group").booleanValue()).isFalse();
    assertThat(
            result(DEALT.toBuilder().setControl("big").build())
                .path("is_control_group")
                .booleanValue())
        .isTrue();
  }

  @Test
  void servesWhatWasNotDealtAsToAWhiteList() {
    JsonNode result = result(DEALT.toBuilder().setDealt(false).setUnit("").build());

    assertThat(result.path("is_white_list").booleanValue()).isTrue();
    assertThat(result.path("abtest_experiment_result_id").stringValue()).isEqualTo("-1");
    assertThat(result.path("variables").path(0).path("value").stringValue()).isEqualTo("big");
    assertThat(result(DEALT).path("is_white_list").booleanValue()).isFalse();
  }

  private static Value text(String text) {
    return Value.newBuilder().setStringValue(text).build();
  }

  private static Value number(double number) {
    return Value.newBuilder().setNumberValue(number).build();
  }
}
