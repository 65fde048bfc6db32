package io.tenure.flagimport;

import io.tenure.evaluator.Value;
import io.tenure.evaluator.Variant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gathers the variants of a flag. */
final class Variants {

  private static final int LONGEST_NAME = 60;

  private final Map<String, Value> values = new LinkedHashMap<>();

  /** A variant by the name it has; the same name must have the same value. */
  String named(String name, Value value, Json where) {
    Value known = values.putIfAbsent(name, value);
    if (known != null && !known.equals(value)) {
      throw where.refused("two different variants are named '" + name + "'");
    }
    return name;
  }

  /** A variant by the name it would like to have; another value under it gets another name. */
  String called(String wanted, Value value) {
    String name = wanted;
    for (int number = 2; ; number++) {
      Value known = values.putIfAbsent(name, value);
      if (known == null || known.equals(value)) {
        return name;
      }
      name = wanted + " " + number;
    }
  }

  /** A variant that had no name and is called by its value. */
  String of(Value value) {
    return called(
        switch (value) {
          case Value.Text(String text) when !text.isEmpty() && text.length() <= LONGEST_NAME ->
              text;
          case Value.Text _ -> "text";
          case Value.Numeric(double number) -> Scalars.written(number);
          case Value.Truth(boolean truth) -> Boolean.toString(truth);
          case Value.Items _ -> "list";
          case Value.Fields _ -> "object";
          case Value.Nothing _ -> Imported.CALLERS_DEFAULT;
        },
        value);
  }

  /** The variant for the value the asking program brings along. */
  String callersDefault() {
    return called(Imported.CALLERS_DEFAULT, new Value.Nothing());
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  List<Variant> all() {
    return values.entrySet().stream()
        .map(entry -> new Variant(entry.getKey(), entry.getValue()))
        .toList();
  }
}
