package io.tenure.gateway.api.rest;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.ListValue;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import io.tenure.platform.json.Json;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/**
 * Writes messages as proto JSON with the contract's own field names, and differs from it in two
 * points. 64-bit integers are JSON numbers while a double can hold them exactly (up to 2^53) and
 * strings beyond, so that counts are numbers for every reader. Fields without presence are always
 * written, so that a zero can be told from a field one has misspelt.
 */
public final class MessageWriter {

  private static final long EXACT = 1L << 53;

  private MessageWriter() {}

  /** A message as UTF-8 JSON. */
  public static byte[] write(Message message) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = Json.MAPPER.createGenerator(out)) {
      write(json, message);
    }
    return out.toByteArray();
  }

  /** Writes a message where a JSON value is due. */
  public static void write(JsonGenerator json, Message message) {
    switch (message) {
      case Timestamp time -> json.writeString(Timestamps.toString(time));
      case Duration duration -> json.writeString(Durations.toString(duration));
      case Struct struct -> writeStruct(json, struct);
      case ListValue list -> writeList(json, list);
      case Value value -> writeValue(json, value);
      default -> writeFields(json, message);
    }
  }

  private static void writeFields(JsonGenerator json, Message message) {
    json.writeStartObject();
    for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
      if (field.hasPresence() && !message.hasField(field)) {
        continue;
      }
      json.writeName(field.getName());
      writeField(json, field, message.getField(field));
    }
    json.writeEndObject();
  }

  private static void writeField(JsonGenerator json, FieldDescriptor field, Object value) {
    if (field.isMapField()) {
      json.writeStartObject();
      FieldDescriptor keyField = field.getMessageType().findFieldByNumber(1);
      FieldDescriptor valueField = field.getMessageType().findFieldByNumber(2);
      for (Object entry : (List<?>) value) {
        Message pair = (Message) entry;
        json.writeName(pair.getField(keyField).toString());
        writeSingle(json, valueField, pair.getField(valueField));
      }
      json.writeEndObject();
    } else if (field.isRepeated()) {
      json.writeStartArray();
      for (Object element : (List<?>) value) {
        writeSingle(json, field, element);
      }
      json.writeEndArray();
    } else {
      writeSingle(json, field, value);
    }
  }

  private static void writeSingle(JsonGenerator json, FieldDescriptor field, Object value) {
    switch (field.getType()) {
      case INT64, SINT64, SFIXED64 -> writeLong(json, (Long) value);
      case UINT64, FIXED64 -> writeUnsignedLong(json, (Long) value);
      case INT32, SINT32, SFIXED32 -> json.writeNumber((int) (Integer) value);
      case UINT32, FIXED32 -> json.writeNumber(Integer.toUnsignedLong((Integer) value));
      case DOUBLE -> writeDouble(json, (Double) value);
      case FLOAT -> writeDouble(json, (Float) value);
      case BOOL -> json.writeBoolean((Boolean) value);
      case STRING -> json.writeString((String) value);
      case BYTES ->
          json.writeString(Base64.getEncoder().encodeToString(((ByteString) value).toByteArray()));
      case ENUM -> json.writeString(((EnumValueDescriptor) value).getName());
      case MESSAGE, GROUP -> write(json, (Message) value);
    }
  }

  private static void writeLong(JsonGenerator json, long value) {
    if (value >= -EXACT && value <= EXACT) {
      json.writeNumber(value);
    } else {
      json.writeString(Long.toString(value));
    }
  }

  private static void writeUnsignedLong(JsonGenerator json, long value) {
    if (value >= 0 && value <= EXACT) {
      json.writeNumber(value);
    } else {
      json.writeString(Long.toUnsignedString(value));
    }
  }

  private static void writeDouble(JsonGenerator json, double value) {
    if (!Double.isFinite(value)) {
      json.writeString(Double.toString(value));
    } else if (value == Math.rint(value) && Math.abs(value) <= EXACT) {
      json.writeNumber((long) value);
    } else {
      json.writeNumber(value);
    }
  }

  private static void writeStruct(JsonGenerator json, Struct struct) {
    json.writeStartObject();
    for (Map.Entry<String, Value> entry : struct.getFieldsMap().entrySet()) {
      json.writeName(entry.getKey());
      writeValue(json, entry.getValue());
    }
    json.writeEndObject();
  }

  private static void writeList(JsonGenerator json, ListValue list) {
    json.writeStartArray();
    for (Value element : list.getValuesList()) {
      writeValue(json, element);
    }
    json.writeEndArray();
  }

  /** Writes a free JSON value. */
  public static void writeValue(JsonGenerator json, Value value) {
    switch (value.getKindCase()) {
      case NUMBER_VALUE -> writeDouble(json, value.getNumberValue());
      case STRING_VALUE -> json.writeString(value.getStringValue());
      case BOOL_VALUE -> json.writeBoolean(value.getBoolValue());
      case STRUCT_VALUE -> writeStruct(json, value.getStructValue());
      case LIST_VALUE -> writeList(json, value.getListValue());
      case NULL_VALUE, KIND_NOT_SET -> json.writeNull();
    }
  }
}
