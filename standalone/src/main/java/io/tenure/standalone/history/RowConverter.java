package io.tenure.standalone.history;

import io.tenure.standalone.history.Mapping.Field;
import io.tenure.standalone.history.Mapping.Source;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns rows into the records of Segment's protocol. The ids depend on the row only, so that rows
 * sent again are recognised.
 */
final class RowConverter {

  private static final int LONGEST_ID = 200;
  private static final Map<String, Object> CONTEXT =
      Map.of("library", Map.of("name", "tenure-import"));

  private final Source source;
  private final Lookups lookups;
  private final RowTime time;
  private final String fileName;

  RowConverter(Source source, Mapping mapping, Lookups lookups, String fileName) {
    this.source = source;
    this.lookups = lookups;
    this.time = new RowTime(source.time(), mapping.zone());
    this.fileName = fileName;
  }

  /** The records of a row: none when a filter holds it back, else an event, a profile or both. */
  List<Map<String, Object>> convert(Row row) throws BadRowException {
    row.check();
    lookups.join(row, source.join());
    if (!Lookups.passes(row, source.where())) {
      return List.of();
    }
    String user = required("user", source.user().render(row));
    Instant instant = time.of(row);
    List<Map<String, Object>> records = new ArrayList<>(2);
    Map<String, Object> traits = values(source.traits(), row);
    if (!traits.isEmpty()) {
      Map<String, Object> record = record("identify", id(row) + "/traits", user, instant);
      record.put("traits", traits);
      records.add(record);
    }
    if (source.event() != null) {
      Object name = value(source.event(), row);
      Map<String, Object> record = record("track", id(row), user, instant);
      record.put("event", required("event", name == null ? "" : name.toString()));
      record.put("properties", values(source.properties(), row));
      records.add(record);
    }
    return records;
  }

  private static Map<String, Object> record(String type, String id, String user, Instant instant) {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("type", type);
    record.put("messageId", id);
    record.put("userId", user);
    record.put("timestamp", instant.toString());
    // History is older than the collector's window for live events.
    record.put("time_free", true);
    record.put("context", CONTEXT);
    return record;
  }

  private String id(Row row) throws BadRowException {
    String own =
        source.id() == null
            ? fileName + "/" + row.number()
            : required("id", source.id().render(row));
    String id = source.name() + "/" + own;
    if (id.length() > LONGEST_ID) {
      throw new BadRowException("The id has more than " + LONGEST_ID + " characters");
    }
    return id;
  }

  private static Map<String, Object> values(Map<String, Field> fields, Row row)
      throws BadRowException {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Map.Entry<String, Field> field : fields.entrySet()) {
      Object value = value(field.getValue(), row);
      if (value != null) {
        values.put(field.getKey(), value);
      }
    }
    return values;
  }

  private static @Nullable Object value(Field field, Row row) throws BadRowException {
    String text = translate(field, field.from().render(row));
    if (text.isEmpty()) {
      return null;
    }
    return switch (field.type()) {
      case STRING -> text;
      case NUMBER -> number(text);
      case BOOLEAN -> truth(text);
    };
  }

  private static String translate(Field field, String text) throws BadRowException {
    if (field.values().isEmpty()) {
      return text;
    }
    String translation = field.values().getOrDefault(text, field.otherwise());
    if (translation != null) {
      return translation;
    }
    if (text.isEmpty()) {
      return "";
    }
    throw new BadRowException("There is no translation of '" + text + "'");
  }

  private static BigDecimal number(String text) throws BadRowException {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException notANumber) {
      throw new BadRowException("'" + text + "' is no number");
    }
  }

  private static boolean truth(String text) throws BadRowException {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new BadRowException("'" + text + "' is neither true nor false");
    };
  }

  private static String required(String field, String text) throws BadRowException {
    if (text.isEmpty()) {
      throw new BadRowException("The " + field + " is empty");
    }
    return text;
  }
}
