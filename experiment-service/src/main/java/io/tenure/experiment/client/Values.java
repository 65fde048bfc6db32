package io.tenure.experiment.client;

import com.google.protobuf.Struct;
import io.tenure.evaluator.Value;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the traits of a profile message. */
final class Values {

  private Values() {}

  static Map<String, Value> fields(Struct struct) {
    Map<String, Value> fields = new LinkedHashMap<>();
    struct.getFieldsMap().forEach((name, value) -> fields.put(name, read(value)));
    return fields;
  }

  private static Value read(com.google.protobuf.Value message) {
    return switch (message.getKindCase()) {
      case STRING_VALUE -> new Value.Text(message.getStringValue());
      case NUMBER_VALUE -> new Value.Numeric(message.getNumberValue());
      case BOOL_VALUE -> new Value.Truth(message.getBoolValue());
      case LIST_VALUE ->
          new Value.Items(
              message.getListValue().getValuesList().stream().map(Values::read).toList());
      case STRUCT_VALUE -> new Value.Fields(fields(message.getStructValue()));
      case NULL_VALUE, KIND_NOT_SET -> new Value.Nothing();
    };
  }
}
