package io.tenure.gateway.api.rest;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.ListValue;
import com.google.protobuf.Message;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import io.tenure.platform.failure.FieldViolation;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads proto JSON into messages. Unlike the library's parser it does not stop at the first mistake
 * and names each one by its path, because a rule with conditions inside conditions is hard to fix
 * otherwise. Unknown fields are mistakes.
 */
public final class MessageReader {

  private static final BigInteger MAX_UINT64 =
      BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
  private static final BigInteger MIN_INT64 = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger MAX_INT64 = BigInteger.valueOf(Long.MAX_VALUE);
  private static final int MAX_SCALE = 400;

  private final List<FieldViolation> violations = new ArrayList<>();

  /** What was wrong in everything read so far. */
  public List<FieldViolation> violations() {
    return violations;
  }

  /** Notes a mistake found outside. */
  void violation(String path, String description) {
    violations.add(new FieldViolation(path, description));
  }

  /** Reads a JSON object into a message. */
  void read(JsonNode node, Message.Builder target, String path) {
    if (isWellKnown(target.getDescriptorForType())) {
      @Nullable Message value = wellKnown(node, target.getDescriptorForType(), path);
      if (value != null) {
        target.mergeFrom(value);
      }
      return;
    }
    if (!node.isObject()) {
      violation(path.isEmpty() ? "body" : path, "must be an object");
      return;
    }
    Map<OneofDescriptor, String> chosen = new HashMap<>();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      String child = join(path, entry.getKey());
      @Nullable FieldDescriptor field = find(target.getDescriptorForType(), entry.getKey());
      if (field == null) {
        violation(child, "is not a field of " + target.getDescriptorForType().getName());
        continue;
      }
      JsonNode value = entry.getValue();
      if (value.isNull() && !isFreeValue(field)) {
        continue;
      }
      @Nullable OneofDescriptor oneof = field.getContainingOneof();
      if (oneof != null) {
        @Nullable String other = chosen.put(oneof, entry.getKey());
        if (other != null) {
          violation(child, "cannot be set together with " + other);
          continue;
        }
      }
      readField(value, field, target, child);
    }
  }

  /** Reads a text of a path or query into the field at a dotted path. */
  void readText(String text, String fieldPath, Message.Builder target) {
    String[] names = fieldPath.split("\\.", -1);
    Message.Builder holder = target;
    for (int index = 0; index < names.length; index++) {
      @Nullable FieldDescriptor field = find(holder.getDescriptorForType(), names[index]);
      boolean last = index == names.length - 1;
      if (field == null || field.isMapField() || (!last && !isNested(field))) {
        violation(fieldPath, "is not a parameter of this request");
        return;
      }
      if (!last) {
        holder = holder.getFieldBuilder(field);
        continue;
      }
      if (isNested(field)) {
        violation(fieldPath, "cannot be given as text");
        return;
      }
      @Nullable Object value = single(textNode(text, field), field, holder, fieldPath);
      if (value != null && field.isRepeated()) {
        holder.addRepeatedField(field, value);
      } else if (value != null) {
        holder.setField(field, value);
      }
    }
  }

  static @Nullable FieldDescriptor find(Descriptor type, String name) {
    @Nullable FieldDescriptor field = type.findFieldByName(name);
    if (field != null) {
      return field;
    }
    for (FieldDescriptor candidate : type.getFields()) {
      if (candidate.getJsonName().equals(name)) {
        return candidate;
      }
    }
    return null;
  }

  private void readField(
      JsonNode value, FieldDescriptor field, Message.Builder target, String path) {
    if (field.isMapField()) {
      readMap(value, field, target, path);
    } else if (field.isRepeated()) {
      if (!value.isArray()) {
        violation(path, "must be a list");
        return;
      }
      int index = 0;
      for (JsonNode element : value) {
        @Nullable Object read = single(element, field, target, path + "[" + index++ + "]");
        if (read != null) {
          target.addRepeatedField(field, read);
        }
      }
    } else {
      @Nullable Object read = single(value, field, target, path);
      if (read != null) {
        target.setField(field, read);
      }
    }
  }

  private void readMap(JsonNode value, FieldDescriptor field, Message.Builder target, String path) {
    if (!value.isObject()) {
      violation(path, "must be an object");
      return;
    }
    FieldDescriptor keyField = field.getMessageType().findFieldByNumber(1);
    FieldDescriptor valueField = field.getMessageType().findFieldByNumber(2);
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      Message.Builder pair = target.newBuilderForField(field);
      String child = join(path, entry.getKey());
      @Nullable Object key = single(textNode(entry.getKey(), keyField), keyField, pair, child);
      @Nullable Object read = single(entry.getValue(), valueField, pair, child);
      if (key != null && read != null) {
        target.addRepeatedField(
            field, pair.setField(keyField, key).setField(valueField, read).build());
      }
    }
  }

  private @Nullable Object single(
      JsonNode node, FieldDescriptor field, Message.Builder holder, String path) {
    return switch (field.getType()) {
      case INT32, SINT32, SFIXED32 -> {
        @Nullable BigInteger value =
            integer(
                node,
                BigInteger.valueOf(Integer.MIN_VALUE),
                BigInteger.valueOf(Integer.MAX_VALUE),
                path);
        yield value == null ? null : value.intValue();
      }
      case UINT32, FIXED32 -> {
        @Nullable BigInteger value =
            integer(node, BigInteger.ZERO, BigInteger.valueOf(0xFFFFFFFFL), path);
        yield value == null ? null : value.intValue();
      }
      case INT64, SINT64, SFIXED64 -> {
        @Nullable BigInteger value = integer(node, MIN_INT64, MAX_INT64, path);
        yield value == null ? null : value.longValue();
      }
      case UINT64, FIXED64 -> {
        @Nullable BigInteger value = integer(node, BigInteger.ZERO, MAX_UINT64, path);
        yield value == null ? null : value.longValue();
      }
      case DOUBLE -> real(node, path);
      case FLOAT -> {
        @Nullable Double value = real(node, path);
        yield value == null ? null : value.floatValue();
      }
      case BOOL -> node.isBoolean() ? node.booleanValue() : wrong(path, "must be true or false");
      case STRING -> text(node, path);
      case BYTES -> bytes(node, path);
      case ENUM -> enumeration(node, field, path);
      case MESSAGE, GROUP -> message(node, field, holder, path);
    };
  }

  private @Nullable String text(JsonNode node, String path) {
    if (!node.isString()) {
      return wrong(path, "must be a string");
    }
    checkText(node.stringValue(), path);
    return node.stringValue();
  }

  /** A message would silently lose half a surrogate pair. */
  void checkText(String text, String path) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      violation(path, "holds half a surrogate pair");
    }
  }

  private @Nullable Message message(
      JsonNode node, FieldDescriptor field, Message.Builder holder, String path) {
    if (isWellKnown(field.getMessageType())) {
      return wellKnown(node, field.getMessageType(), path);
    }
    Message.Builder nested = holder.newBuilderForField(field);
    read(node, nested, path);
    return nested.build();
  }

  private @Nullable Message wellKnown(JsonNode node, Descriptor type, String path) {
    return switch (type.getFullName()) {
      case "google.protobuf.Timestamp" -> timestamp(node, path);
      case "google.protobuf.Duration" -> duration(node, path);
      case "google.protobuf.Struct" ->
          node.isObject() ? struct(node) : wrong(path, "must be an object");
      case "google.protobuf.ListValue" ->
          node.isArray() ? list(node) : wrong(path, "must be a list");
      case "tenure.event.v1.PropertyValue" -> new PropertyValues(this).read(node, path);
      default -> value(node);
    };
  }

  private @Nullable Timestamp timestamp(JsonNode node, String path) {
    try {
      return node.isString()
          ? Timestamps.parse(node.stringValue())
          : wrong(path, "must be a time such as \"2026-01-31T09:00:00Z\"");
    } catch (ParseException | IllegalArgumentException malformed) {
      return wrong(path, "must be a time such as \"2026-01-31T09:00:00Z\"");
    }
  }

  private @Nullable Duration duration(JsonNode node, String path) {
    try {
      return node.isString()
          ? Durations.parse(node.stringValue())
          : wrong(path, "must be a number of seconds such as \"3600s\"");
    } catch (ParseException | IllegalArgumentException malformed) {
      return wrong(path, "must be a number of seconds such as \"3600s\"");
    }
  }

  private @Nullable EnumValueDescriptor enumeration(
      JsonNode node, FieldDescriptor field, String path) {
    @Nullable EnumValueDescriptor value = null;
    if (node.isString()) {
      value = field.getEnumType().findValueByName(node.stringValue());
    } else if (node.isIntegralNumber() && node.canConvertToInt()) {
      value = field.getEnumType().findValueByNumber(node.intValue());
    }
    if (value == null) {
      return wrong(
          path,
          "must be one of "
              + field.getEnumType().getValues().stream()
                  .filter(known -> known.getNumber() != 0)
                  .map(EnumValueDescriptor::getName)
                  .collect(Collectors.joining(", ")));
    }
    return value;
  }

  private @Nullable ByteString bytes(JsonNode node, String path) {
    if (node.isString()) {
      try {
        String standard = node.stringValue().replace('-', '+').replace('_', '/');
        return ByteString.copyFrom(Base64.getDecoder().decode(standard));
      } catch (IllegalArgumentException malformed) {
        return wrong(path, "must be Base64");
      }
    }
    return wrong(path, "must be Base64");
  }

  private @Nullable BigInteger integer(JsonNode node, BigInteger min, BigInteger max, String path) {
    String rule = "must be a whole number from " + min + " to " + max;
    if (!node.isNumber() && !node.isString()) {
      return wrong(path, rule);
    }
    try {
      BigDecimal number =
          node.isNumber() ? node.decimalValue() : new BigDecimal(node.stringValue());
      if (Math.abs(number.scale()) > MAX_SCALE) {
        return wrong(path, rule);
      }
      BigInteger value = number.toBigIntegerExact();
      return value.compareTo(min) < 0 || value.compareTo(max) > 0 ? wrong(path, rule) : value;
    } catch (ArithmeticException | NumberFormatException malformed) {
      return wrong(path, rule);
    }
  }

  private @Nullable Double real(JsonNode node, String path) {
    if (node.isNumber()) {
      double value = node.doubleValue();
      return Double.isFinite(value) ? value : wrong(path, "is too large a number");
    }
    try {
      return node.isString() ? Double.valueOf(node.stringValue()) : wrong(path, "must be a number");
    } catch (NumberFormatException malformed) {
      return wrong(path, "must be a number");
    }
  }

  /** Notes a mistake; the null stands for any value that could not be read. */
  @SuppressWarnings("TypeParameterUnusedInFormals")
  private <T> @Nullable T wrong(String path, String description) {
    violation(path, description);
    return null;
  }

  /** A free JSON object. */
  public static Struct struct(JsonNode node) {
    Struct.Builder struct = Struct.newBuilder();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      struct.putFields(entry.getKey(), value(entry.getValue()));
    }
    return struct.build();
  }

  private static ListValue list(JsonNode node) {
    ListValue.Builder list = ListValue.newBuilder();
    for (JsonNode element : node) {
      list.addValues(value(element));
    }
    return list.build();
  }

  private static Value value(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT, POJO -> Value.newBuilder().setStructValue(struct(node)).build();
      case ARRAY -> Value.newBuilder().setListValue(list(node)).build();
      case STRING, BINARY -> Value.newBuilder().setStringValue(node.stringValue()).build();
      case NUMBER -> Value.newBuilder().setNumberValue(node.doubleValue()).build();
      case BOOLEAN -> Value.newBuilder().setBoolValue(node.booleanValue()).build();
      case NULL, MISSING -> Value.newBuilder().setNullValue(NullValue.NULL_VALUE).build();
    };
  }

  private static JsonNode textNode(String text, FieldDescriptor field) {
    if (field.getType() == FieldDescriptor.Type.BOOL
        && (text.equals("true") || text.equals("false"))) {
      return tools.jackson.databind.node.BooleanNode.valueOf(text.equals("true"));
    }
    return tools.jackson.databind.node.StringNode.valueOf(text);
  }

  private static boolean isNested(FieldDescriptor field) {
    return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
        && !isTextual(field.getMessageType());
  }

  private static boolean isTextual(Descriptor type) {
    return type.getFullName().equals("google.protobuf.Timestamp")
        || type.getFullName().equals("google.protobuf.Duration");
  }

  private static boolean isFreeValue(FieldDescriptor field) {
    return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
        && (field.getMessageType().getFullName().equals("google.protobuf.Value")
            || field.getMessageType().getFullName().equals("tenure.event.v1.PropertyValue"));
  }

  private static boolean isWellKnown(Descriptor type) {
    return switch (type.getFullName()) {
      case "google.protobuf.Timestamp",
          "google.protobuf.Duration",
          "google.protobuf.Struct",
          "google.protobuf.ListValue",
          "google.protobuf.Value",
          "tenure.event.v1.PropertyValue" ->
          true;
      default -> false;
    };
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
