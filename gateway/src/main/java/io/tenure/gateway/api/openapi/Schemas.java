package io.tenure.gateway.api.openapi;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.tenure.platform.json.Json;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON schemas of messages, collected as they are needed. */
final class Schemas {

  private final Comments comments;
  private final Map<String, ObjectNode> collected = new TreeMap<>();

  Schemas(Comments comments) {
    this.comments = comments;
  }

  /** All schemas asked for so far and what they refer to. */
  ObjectNode all() {
    ObjectNode all = Json.MAPPER.createObjectNode();
    collected.forEach(all::set);
    return all;
  }

  /** The schema of a field, with its comment. */
  ObjectNode of(FieldDescriptor field) {
    ObjectNode schema;
    if (field.isMapField()) {
      schema = Json.MAPPER.createObjectNode().put("type", "object");
      schema.set("additionalProperties", single(field.getMessageType().findFieldByNumber(2)));
    } else if (field.isRepeated()) {
      schema = Json.MAPPER.createObjectNode().put("type", "array");
      schema.set("items", single(field));
    } else {
      schema = single(field);
    }
    String comment = comments.of(field.getFullName());
    return comment.isEmpty() ? schema : schema.put("description", comment);
  }

  /** The schema of a message: a reference, except for well-known types. */
  ObjectNode of(Descriptor type) {
    ObjectNode schema = Json.MAPPER.createObjectNode();
    return switch (type.getFullName()) {
      case "google.protobuf.Timestamp" -> schema.put("type", "string").put("format", "date-time");
      case "google.protobuf.Duration" ->
          schema.put("type", "string").put("pattern", "^-?[0-9]+(\\.[0-9]+)?s$");
      case "google.protobuf.Struct" -> schema.put("type", "object");
      case "google.protobuf.Value", "tenure.event.v1.PropertyValue" -> schema;
      case "google.protobuf.ListValue" -> schema.put("type", "array");
      default -> reference(type, schema);
    };
  }

  private ObjectNode reference(Descriptor type, ObjectNode schema) {
    String name = name(type.getFullName());
    if (!collected.containsKey(name)) {
      ObjectNode definition = Json.MAPPER.createObjectNode();
      collected.put(name, definition);
      describe(type, definition);
    }
    return schema.put("$ref", "#/components/schemas/" + name);
  }

  private void describe(Descriptor type, ObjectNode definition) {
    definition.put("type", "object");
    definition.put("description", comments.of(type.getFullName()));
    definition.put("additionalProperties", false);
    ObjectNode properties = definition.putObject("properties");
    for (FieldDescriptor field : type.getFields()) {
      properties.set(field.getName(), of(field));
    }
  }

  private ObjectNode single(FieldDescriptor field) {
    ObjectNode schema = Json.MAPPER.createObjectNode();
    return switch (field.getType()) {
      case INT32, SINT32, SFIXED32 -> schema.put("type", "integer").put("format", "int32");
      case UINT32, FIXED32 ->
          schema.put("type", "integer").put("format", "int64").put("minimum", 0);
      case INT64, SINT64, SFIXED64, UINT64, FIXED64 -> {
        schema.putArray("type").add("integer").add("string");
        yield schema.put("format", "int64");
      }
      case DOUBLE, FLOAT -> schema.put("type", "number");
      case BOOL -> schema.put("type", "boolean");
      case STRING -> schema.put("type", "string");
      case BYTES -> schema.put("type", "string").put("contentEncoding", "base64");
      case ENUM -> enumeration(field.getEnumType(), schema);
      case MESSAGE, GROUP -> of(field.getMessageType());
    };
  }

  private ObjectNode enumeration(EnumDescriptor type, ObjectNode schema) {
    String name = name(type.getFullName());
    if (!collected.containsKey(name)) {
      ObjectNode definition = Json.MAPPER.createObjectNode().put("type", "string");
      StringBuilder description = new StringBuilder(comments.of(type.getFullName()));
      ArrayNode values = definition.putArray("enum");
      for (EnumValueDescriptor value : type.getValues()) {
        values.add(value.getName());
        description
            .append("\n- `")
            .append(value.getName())
            .append("`: ")
            .append(comments.of(value.getFullName()));
      }
      definition.put("description", description.toString());
      collected.put(name, definition);
    }
    return schema.put("$ref", "#/components/schemas/" + name);
  }

  private static String name(String fullName) {
    return fullName.replaceFirst("^tenure\\.", "");
  }
}
