package io.tenure.experiment.domain;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A JSON value: what a flag serves, what a condition compares with, and what is known about a user.
 * Types never mix: the text {@code "1"} and the number {@code 1} differ.
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
      case Text text -> "string";
      case Numeric numeric -> "number";
      case Truth truth -> "boolean";
      case Items items -> "list";
      case Fields fields -> "object";
      case Nothing nothing -> "null";
    };
  }

  /** A text that is equal exactly when the values are; fields are sorted. */
  default String canonical() {
    return switch (this) {
      case Text text -> "s" + text.value().length() + ":" + text.value();
      case Numeric numeric -> "n" + numeric.value();
      case Truth truth -> "b" + truth.value();
      case Items items ->
          items.values().stream().map(Value::canonical).collect(Collectors.joining(",", "[", "]"));
      case Fields fields ->
          fields.values().entrySet().stream()
              .sorted(Map.Entry.comparingByKey())
              .map(field -> new Text(field.getKey()).canonical() + field.getValue().canonical())
              .collect(Collectors.joining(",", "{", "}"));
      case Nothing nothing -> "0";
    };
  }
}
