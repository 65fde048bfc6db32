package io.tenure.profile.domain.export;

import io.tenure.profile.domain.TraitValue;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.RawValue;

/** One JSON object of the document, its fields in the order they are put. */
final class JsonRecord {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final Map<String, Object> fields = new LinkedHashMap<>();

  JsonRecord put(String name, String value) {
    fields.put(name, value);
    return this;
  }

  JsonRecord put(String name, long value) {
    fields.put(name, value);
    return this;
  }

  JsonRecord put(String name, boolean value) {
    fields.put(name, value);
    return this;
  }

  /** Leaves out what never was. */
  JsonRecord put(String name, @Nullable Instant value) {
    if (value != null) {
      fields.put(name, value.toString());
    }
    return this;
  }

  JsonRecord put(String name, JsonRecord value) {
    fields.put(name, value.fields);
    return this;
  }

  JsonRecord put(String name, Map<String, ?> value) {
    fields.put(name, value);
    return this;
  }

  /** Texts and numbers. */
  JsonRecord put(String name, Collection<?> values) {
    fields.put(name, values);
    return this;
  }

  JsonRecord putAll(String name, Collection<JsonRecord> values) {
    fields.put(name, values.stream().map(value -> value.fields).toList());
    return this;
  }

  /** The value as it is kept, so that no digit is lost. */
  JsonRecord put(String name, TraitValue value) {
    fields.put(name, new RawValue(value.json()));
    return this;
  }

  /** On one line. */
  String text() {
    return MAPPER.writeValueAsString(fields);
  }
}
