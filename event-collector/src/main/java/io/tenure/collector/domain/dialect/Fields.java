package io.tenure.collector.domain.dialect;

import io.tenure.collector.domain.record.JsonNull;
import io.tenure.collector.domain.record.QuarantineReason;
import io.tenure.collector.domain.record.Unacceptable;
import io.tenure.collector.domain.record.UnicodeText;
import io.tenure.collector.domain.record.ValueText;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of a record by type. Null and empty text mean absent, because some SDKs send
 * {@code "event":""}.
 */
public record Fields(Map<String, Object> values) {

  /** The fields of an object somewhere inside a record. */
  static Fields of(Map<?, ?> object) {
    return new Fields(typed(object));
  }

  /** Text; a number is taken as text, because ids are often sent as numbers. Empty when absent. */
  public String text(String name) throws Unacceptable {
    return switch (values.get(name)) {
      case null -> "";
      case JsonNull none -> "";
      case String text -> {
        UnicodeText.check(name, text);
        yield text;
      }
      case Long number -> number.toString();
      case BigInteger number -> number.toString();
      case BigDecimal number -> ValueText.of(name, number);
      default ->
          throw new Unacceptable(QuarantineReason.FIELD_INVALID, "'" + name + "' must be a text");
    };
  }

  /** An object; empty when absent. */
  public Fields object(String name) throws Unacceptable {
    return switch (values.get(name)) {
      case null -> new Fields(Map.of());
      case JsonNull none -> new Fields(Map.of());
      case Map<?, ?> map -> new Fields(typed(map));
      default ->
          throw new Unacceptable(
              QuarantineReason.FIELD_INVALID, "'" + name + "' must be an object");
    };
  }

  /** An object whose values of the wrong type don't matter: {@code context} and the like. */
  public Fields lenientObject(String name) {
    return values.get(name) instanceof Map<?, ?> map
        ? new Fields(typed(map))
        : new Fields(Map.of());
  }

  /** A text, or empty when it is absent or something else. */
  public String lenientText(String name) {
    @Nullable Object value = values.get(name);
    return value instanceof String text && UnicodeText.isValid(text) ? text : "";
  }

  public boolean has(String name) {
    @Nullable Object value = values.get(name);
    return value != null && value != JsonNull.NULL;
  }

  private static Map<String, Object> typed(Map<?, ?> map) {
    Map<String, Object> typed = LinkedHashMap.newLinkedHashMap(map.size());
    map.forEach((key, value) -> typed.put((String) key, value));
    return typed;
  }
}
