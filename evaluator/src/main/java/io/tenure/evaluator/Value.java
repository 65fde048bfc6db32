package io.tenure.evaluator;

import java.util.List;
import java.util.Map;

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
}
