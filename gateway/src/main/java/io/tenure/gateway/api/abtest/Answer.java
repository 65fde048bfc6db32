package io.tenure.gateway.api.abtest;

import io.tenure.platform.json.Json;
import io.tenure.proto.experiment.v1.Evaluation;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/** The bodies of replies. */
final class Answer {

  /** What the SDKs send back with the trigger that says a variant was seen. */
  private static final List<String> SENT_BACK =
      List.of("abtest_experiment_version", "abtest_experiment_result_id");

  private Answer() {}

  /** What was decided, as far as experiments have to do with it. */
  static byte[] of(List<Evaluation> evaluations) {
    return body(
        json -> {
          json.writeStringProperty("status", "SUCCESS");
          json.writeName("results");
          json.writeStartArray();
          for (Evaluation evaluation : evaluations) {
            Parameter.of(evaluation)
                .ifPresent(parameter -> ExperimentResult.of(evaluation).write(json, parameter));
          }
          json.writeEndArray();
          writeTrackConfig(json);
          json.writeName("out_list");
          json.writeStartArray();
          json.writeEndArray();
        });
  }

  /** Why nothing could be decided. */
  static byte[] failed(String type, String error) {
    return body(
        json -> {
          json.writeStringProperty("status", "FAILED");
          json.writeStringProperty("error_type", type);
          json.writeStringProperty("error", error);
        });
  }

  private static void writeTrackConfig(JsonGenerator json) {
    json.writeName("track_config");
    json.writeStartObject();
    json.writeBooleanProperty("item_switch", false);
    json.writeBooleanProperty("trigger_switch", true);
    json.writeBooleanProperty("property_set_switch", false);
    json.writeName("trigger_content_ext");
    json.writeStartArray();
    SENT_BACK.forEach(json::writeString);
    json.writeEndArray();
    json.writeEndObject();
  }

  private static byte[] body(Consumer<JsonGenerator> content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = Json.MAPPER.createGenerator(out)) {
      json.writeStartObject();
      content.accept(json);
      json.writeEndObject();
    }
    return out.toByteArray();
  }
}
