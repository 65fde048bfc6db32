package io.tenure.experiment.store;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.tenure.condition.store.ConditionJson;
import io.tenure.evaluator.Gate;
import io.tenure.evaluator.Serving;
import io.tenure.evaluator.Value;
import io.tenure.evaluator.Variant;
import io.tenure.experiment.domain.experiment.Design;
import io.tenure.experiment.domain.flag.Allocation;
import io.tenure.experiment.domain.flag.RuleServing;
import io.tenure.experiment.domain.metric.MetricKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * The JSON form in which definitions are kept. It is our own, not the one of the API, so that each
 * can change without the other; fields written by a newer version are skipped.
 */
final class DefinitionJson {

  private static final JsonMapper MAPPER =
      ConditionJson.MAPPER
          .rebuild()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .addModule(
              new SimpleModule()
                  .addSerializer(Value.class, new Writer())
                  .addDeserializer(Value.class, new Reader()))
          .addMixIn(RuleServing.class, RuleServingKinds.class)
          .addMixIn(Serving.class, ServingKinds.class)
          .addMixIn(Gate.class, GateKinds.class)
          .addMixIn(MetricKind.class, MetricKinds.class)
          .build();

  private static final JsonMapper CANONICAL =
      MAPPER
          .rebuild()
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build();

  private DefinitionJson() {}

  static String write(Object content) {
    return MAPPER.writeValueAsString(content);
  }

  static <T> T read(String text, Class<T> type) {
    return MAPPER.readValue(text, type);
  }

  /** The same form with fields in alphabetic order, to be hashed. */
  static String register(String key, int phase, Design design, List<Variant> variants) {
    return CANONICAL.writeValueAsString(new Registration(key, phase, design, variants));
  }

  /** The design in such a form. */
  static Design registered(String registration) {
    return read(registration, Registration.class).design();
  }

  private record Registration(String key, int phase, Design design, List<Variant> variants) {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Allocation.class, name = "allocation"),
    @JsonSubTypes.Type(value = RuleServing.Imported.class, name = "imported"),
    @JsonSubTypes.Type(value = RuleServing.Tested.class, name = "tested")
  })
  private interface RuleServingKinds {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Serving.Fixed.class, name = "fixed"),
    @JsonSubTypes.Type(value = Serving.Split.class, name = "split")
  })
  private interface ServingKinds {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Gate.Layer.class, name = "layer"),
    @JsonSubTypes.Type(value = Gate.Holdout.class, name = "holdout"),
    @JsonSubTypes.Type(value = Gate.Enrolment.class, name = "enrolment")
  })
  private interface GateKinds {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = MetricKind.Conversion.class, name = "conversion"),
    @JsonSubTypes.Type(value = MetricKind.Count.class, name = "count"),
    @JsonSubTypes.Type(value = MetricKind.Sum.class, name = "sum"),
    @JsonSubTypes.Type(value = MetricKind.Ratio.class, name = "ratio"),
    @JsonSubTypes.Type(value = MetricKind.Retention.class, name = "retention"),
    @JsonSubTypes.Type(value = MetricKind.Funnel.class, name = "funnel"),
    @JsonSubTypes.Type(value = MetricKind.Quantile.class, name = "quantile")
  })
  private interface MetricKinds {}

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
