package io.tenure.evaluator;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A JSON value: what a flag serves and what is known about a subject. Types never mix: the text
 * {@code "1"} and the number {@code 1} differ.
 */
public sealed interface Value {

  /** A string. */
  record Text(String value) implements Value {}

  /** A number; both zeros are one. */
  record Numeric(double value) implements Value {
    /** Makes {@code -0.0} equal {@code 0.0}. */
    public Numeric {
      value = value == 0 ? 0.0 : value;
    }
  }

  /** A boolean. */
  record Truth(boolean value) implements Value {}

  /** A list. */
  record Items(List<Value> values) implements Value {
    /** Copies the list. */
    public Items {
      values = List.copyOf(values);
    }
  }

  /** An object. */
  record Fields(Map<String, Value> values) implements Value {
    /** Copies the map. */
    public Fields {
      values = Map.copyOf(values);
    }
  }

  /** The JSON null: said to have no value. */
  record Nothing() implements Value {}

  /** The name of the JSON type. */
  default String type() {
    return switch (this) {
      case Text _ -> "string";
      case Numeric _ -> "number";
      case Truth _ -> "boolean";
      case Items _ -> "list";
      case Fields _ -> "object";
      case Nothing _ -> "null";
    };
  }

  /** A text that is equal exactly when the values are; fields are sorted. */
  default String canonical() {
    return switch (this) {
      case Text(String text) -> "s" + text.length() + ":" + text;
      case Numeric(double number) -> "n" + number;
      case Truth(boolean truth) -> "b" + truth;
      case Items(List<Value> items) ->
          items.stream().map(Value::canonical).collect(Collectors.joining(",", "[", "]"));
      case Fields(Map<String, Value> fields) ->
          fields.entrySet().stream()
              .sorted(Map.Entry.comparingByKey())
              .map(field -> new Text(field.getKey()).canonical() + field.getValue().canonical())
              .collect(Collectors.joining(",", "{", "}"));
      case Nothing _ -> "0";
    };
  }
}
