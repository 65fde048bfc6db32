package io.tenure.experiment.api;

import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import io.tenure.evaluator.Value;
import java.util.LinkedHashMap;
import java.util.Map;

/** JSON values, from and to their messages. */
final class ValueMessages {

  private ValueMessages() {}

  static Map<String, Value> fields(Struct struct) {
    Map<String, Value> fields = new LinkedHashMap<>();
    struct.getFieldsMap().forEach((name, value) -> fields.put(name, read(value)));
    return fields;
  }

  static Value read(com.google.protobuf.Value message) {
    return switch (message.getKindCase()) {
      case STRING_VALUE -> new Value.Text(message.getStringValue());
      case NUMBER_VALUE -> new Value.Numeric(message.getNumberValue());
      case BOOL_VALUE -> new Value.Truth(message.getBoolValue());
      case LIST_VALUE ->
          new Value.Items(
              message.getListValue().getValuesList().stream().map(ValueMessages::read).toList());
      case STRUCT_VALUE -> new Value.Fields(fields(message.getStructValue()));
      case NULL_VALUE, KIND_NOT_SET -> new Value.Nothing();
    };
  }

  static com.google.protobuf.Value write(Value value) {
    com.google.protobuf.Value.Builder message = com.google.protobuf.Value.newBuilder();
    switch (value) {
      case Value.Text text -> message.setStringValue(text.value());
      case Value.Numeric numeric -> message.setNumberValue(numeric.value());
      case Value.Truth truth -> message.setBoolValue(truth.value());
      case Value.Nothing nothing -> message.setNullValue(NullValue.NULL_VALUE);
      case Value.Items items -> {
        ListValue.Builder list = ListValue.newBuilder();
        items.values().forEach(item -> list.addValues(write(item)));
        message.setListValue(list);
      }
      case Value.Fields fields -> {
        Struct.Builder struct = Struct.newBuilder();
        fields.values().forEach((name, field) -> struct.putFields(name, write(field)));
        message.setStructValue(struct);
      }
    }
    return message.build();
  }
}
