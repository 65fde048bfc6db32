package io.tenure.gateway.api.abtest;

import com.google.protobuf.Value;
import io.tenure.gateway.api.rest.MessageWriter;
import io.tenure.platform.json.Json;
import io.tenure.proto.experiment.v1.Evaluation;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/**
 * A flag as a parameter of an experiment. The SDKs know four types and compare them with the type
 * of the default in the app's code, so a number that is no integer of 32 bits is told as text: some
 * of them would cut it.
 *
 * @param name key of the flag
 * @param type as the protocol calls it
 * @param value as text
 */
record Parameter(String name, String type, String value) {

  /**
   * The parameter of a decision; nothing of a flag that tests nothing, and of the value null, which
   * leaves it to the program.
   */
  static Optional<Parameter> of(Evaluation evaluation) {
    return evaluation.hasParticipation()
        ? of(evaluation.getFlagKey(), evaluation.getValue())
        : Optional.empty();
  }

  private static Optional<Parameter> of(String name, Value value) {
    return switch (value.getKindCase()) {
      case BOOL_VALUE ->
          Optional.of(new Parameter(name, "BOOLEAN", Boolean.toString(value.getBoolValue())));
      case STRING_VALUE -> Optional.of(new Parameter(name, "STRING", value.getStringValue()));
      case NUMBER_VALUE -> Optional.of(number(name, value));
      case STRUCT_VALUE -> Optional.of(new Parameter(name, "JSON", json(value)));
      case LIST_VALUE -> Optional.of(new Parameter(name, "STRING", json(value)));
      case NULL_VALUE, KIND_NOT_SET -> Optional.empty();
    };
  }

  private static Parameter number(String name, Value value) {
    int integer = (int) value.getNumberValue();
    return integer == value.getNumberValue()
        ? new Parameter(name, "INTEGER", Integer.toString(integer))
        : new Parameter(name, "STRING", json(value));
  }

  void write(JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("name", name);
    json.writeStringProperty("type", type);
    json.writeStringProperty("value", value);
    json.writeEndObject();
  }

  private static String json(Value value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = Json.MAPPER.createGenerator(out)) {
      MessageWriter.writeValue(json, value);
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
