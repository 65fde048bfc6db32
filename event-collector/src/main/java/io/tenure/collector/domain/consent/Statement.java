package io.tenure.collector.domain.consent;

import io.tenure.collector.domain.record.LogRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a record says about the consent of its person. A decision is an event of its own; apps of
 * the Segment protocol attach preferences to every event instead.
 *
 * @param category name of a purpose or of a category
 * @param textVersion of the text the person saw; empty when unknown
 * @param decision whether it is a decision of its own
 */
public record Statement(String category, boolean granted, String textVersion, boolean decision) {

  /** Name of the event that is a decision, and of the property that holds what is attached. */
  public static final String NAME = "$consent";

  private static final Set<String> PURPOSES =
      Set.of("analytics", "profiling", "marketing", "sharing");

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Whether a record is there to say what its person decided. */
  public static boolean isDecision(LogRecord record) {
    return record instanceof LogRecord.Event event && event.name().equals(NAME);
  }

  /** What a record says; nothing when it is malformed. */
  public static List<Statement> of(LogRecord record) {
    if (!(record instanceof LogRecord.Event event)) {
      return List.of();
    }
    return event.name().equals(NAME) ? decided(event.properties()) : attached(event.properties());
  }

  private static List<Statement> decided(Map<String, String> properties) {
    String state = properties.getOrDefault("state", "").toLowerCase(Locale.ROOT);
    boolean granted = state.equals("granted");
    if (!granted && !state.equals("withdrawn")) {
      return List.of();
    }
    String version = properties.getOrDefault("text_version", "");
    List<Statement> statements = new ArrayList<>();
    for (String purpose : purposes(properties.getOrDefault("purpose", ""))) {
      String name = purpose.toLowerCase(Locale.ROOT);
      if (!PURPOSES.contains(name)) {
        return List.of();
      }
      statements.add(new Statement(name, granted, version, true));
    }
    return statements;
  }

  private static List<String> purposes(String text) {
    if (!text.startsWith("[")) {
      return text.isEmpty() ? List.of() : List.of(text);
    }
    List<String> purposes = new ArrayList<>();
    read(text).forEach(item -> purposes.add(item.asString("")));
    return purposes;
  }

  private static List<Statement> attached(Map<String, String> properties) {
    String text = properties.get(NAME);
    if (text == null) {
      return List.of();
    }
    List<Statement> statements = new ArrayList<>();
    read(text)
        .properties()
        .forEach(
            entry -> {
              if (entry.getValue().isBoolean()) {
                statements.add(
                    new Statement(entry.getKey(), entry.getValue().booleanValue(), "", false));
              }
            });
    return statements;
  }

  private static JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (JacksonException malformed) {
      return JSON.createObjectNode();
    }
  }
}
