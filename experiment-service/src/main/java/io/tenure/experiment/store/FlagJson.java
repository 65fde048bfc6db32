package io.tenure.experiment.store;

import io.tenure.condition.store.ConditionJson;
import io.tenure.evaluator.Value;
import io.tenure.experiment.domain.Flag;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * The JSON form in which flags are kept. It is our own, not the one of the API, so that each can
 * change without the other; fields written by a newer version are skipped.
 */
final class FlagJson {

  private static final JsonMapper MAPPER =
      ConditionJson.MAPPER
          .rebuild()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .addModule(
              new SimpleModule()
                  .addSerializer(Value.class, new Writer())
                  .addDeserializer(Value.class, new Reader()))
          .build();

  private FlagJson() {}

  static String write(Flag flag) {
    return MAPPER.writeValueAsString(flag);
  }

  static Flag read(String text) {
    return MAPPER.readValue(text, Flag.class);
  }

  private static final class Writer extends ValueSerializer<Value> {
    @Override
    public void serialize(Value value, JsonGenerator out, SerializationContext context) {
      switch (value) {
        case Value.Text text -> out.writeString(text.value());
        case Value.Numeric numeric -> out.writeNumber(numeric.value());
        case Value.Truth truth -> out.writeBoolean(truth.value());
        case Value.Nothing nothing -> out.writeNull();
        case Value.Items items -> {
          out.writeStartArray();
          items.values().forEach(item -> serialize(item, out, context));
          out.writeEndArray();
        }
        case Value.Fields fields -> {
          out.writeStartObject();
          fields
              .values()
              .forEach(
                  (name, field) -> {
                    out.writeName(name);
                    serialize(field, out, context);
                  });
          out.writeEndObject();
        }
      }
    }
  }

  private static final class Reader extends ValueDeserializer<Value> {
    @Override
    public Value deserialize(JsonParser in, DeserializationContext context) {
      return value(in.readValueAsTree());
    }

    @Override
    public Value getNullValue(DeserializationContext context) {
      return new Value.Nothing();
    }

    private static Value value(JsonNode node) {
      return switch (node.getNodeType()) {
        case STRING -> new Value.Text(node.stringValue());
        case NUMBER -> new Value.Numeric(node.doubleValue());
        case BOOLEAN -> new Value.Truth(node.booleanValue());
        case ARRAY -> {
          List<Value> items = new ArrayList<>();
          node.forEach(item -> items.add(value(item)));
          yield new Value.Items(items);
        }
        case OBJECT -> {
          Map<String, Value> fields = new LinkedHashMap<>();
          node.properties().forEach(field -> fields.put(field.getKey(), value(field.getValue())));
          yield new Value.Fields(fields);
        }
        case NULL, MISSING, BINARY, POJO -> new Value.Nothing();
      };
    }
  }
}
