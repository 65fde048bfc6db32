package io.tenure.collector.api;

import com.google.protobuf.util.Timestamps;
import io.tenure.collector.domain.record.EventId;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.FieldViolation;
import io.tenure.platform.json.Json;
import io.tenure.proto.event.v1.NewEvent;
import io.tenure.proto.event.v1.NewTraitChange;
import io.tenure.proto.event.v1.PropertyValue;
import io.tenure.proto.profile.v1.KeyedId;
import io.tenure.proto.profile.v1.TraitChange.Operation;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.core.JsonGenerator;

/**
 * Writes the messages of a call as the JSON text the intake reads, and finds what a caller's
 * program did wrong on the way. What is wrong with the data, such as a name or a size, is for the
 * intake to say, event by event.
 */
final class NativeEvents {

  /** Most events of a call. */
  static final int MOST = 1000;

  private static final int MOST_IDENTITIES = 30;

  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
  private static final String OPERATION_PREFIX = "OPERATION_";

  private final List<FieldViolation> violations = new ArrayList<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream(4096);
  private final JsonGenerator json = Json.MAPPER.createGenerator(out);

  private NativeEvents() {}

  /**
   * The events as a JSON array.
   *
   * @throws Failure INVALID_ARGUMENT with every mistake
   */
  static byte[] json(List<NewEvent> events) {
    if (events.isEmpty() || events.size() > MOST) {
      throw Failure.invalid("events", "must be 1 to " + MOST);
    }
    return new NativeEvents().write(events);
  }

  private byte[] write(List<NewEvent> events) {
    json.writeStartArray();
    for (int i = 0; i < events.size(); i++) {
      write(events.get(i), "events[" + i + "]");
    }
    json.writeEndArray();
    json.close();
    if (!violations.isEmpty()) {
      throw Failure.invalid(violations);
    }
    return out.toByteArray();
  }

  private void write(NewEvent event, String path) {
    check(event, path);
    json.writeStartObject();
    write("event_id", event.getEventId());
    if (event.hasEventTime()) {
      if (Timestamps.isValid(event.getEventTime())) {
        write("event_time", Timestamps.toString(event.getEventTime()));
      } else {
        violation(path + ".event_time", "is not a time");
      }
    }
    write("login_id", event.getLoginId());
    write("anonymous_id", event.getAnonymousId());
    if (event.getBind()) {
      json.writeBooleanProperty("bind", true);
    }
    write("name", event.getName());
    if (!event.getPropertiesMap().isEmpty()) {
      json.writeName("properties");
      write(event.getPropertiesMap(), path + ".properties");
    }
    if (event.getChangesCount() > 0) {
      json.writeArrayPropertyStart("changes");
      for (int i = 0; i < event.getChangesCount(); i++) {
        write(event.getChanges(i), path + ".changes[" + i + "]");
      }
      json.writeEndArray();
    }
    if (event.getIdentitiesCount() > 0) {
      json.writeArrayPropertyStart("identities");
      for (KeyedId id : event.getIdentitiesList()) {
        json.writeStartObject();
        write("key", id.getKey());
        write("value", id.getValue());
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private void check(NewEvent event, String path) {
    int length = event.getEventId().length();
    if (length == 0 || length > EventId.MAX_LENGTH) {
      violation(path + ".event_id", "must have 1 to " + EventId.MAX_LENGTH + " characters");
    }
    if (event.getName().isEmpty()) {
      if (event.getPropertiesCount() > 0) {
        violation(path + ".properties", "needs a name");
      }
      if (event.getChangesCount() == 0 && !event.getBind() && event.getIdentitiesCount() == 0) {
        violation(path + ".name", "is needed, or changes, or bind, or identities");
      }
    } else if (event.getChangesCount() > 0) {
      violation(path + ".changes", "cannot be set together with name");
    }
    for (int i = 0; i < event.getIdentitiesCount(); i++) {
      check(event.getIdentities(i), path + ".identities[" + i + "]");
    }
    if (event.getIdentitiesCount() > MOST_IDENTITIES) {
      violation(path + ".identities", "takes up to " + MOST_IDENTITIES);
    }
    if (event.getBind() && (event.getLoginId().isEmpty() || event.getAnonymousId().isEmpty())) {
      violation(path + ".bind", "needs login_id and anonymous_id");
    }
  }

  private void check(KeyedId id, String path) {
    if (id.getKey().isEmpty()) {
      violation(path + ".key", "is needed");
    }
    if (id.getValue().isEmpty()) {
      violation(path + ".value", "is needed");
    }
  }

  private void write(NewTraitChange change, String path) {
    Operation operation = change.getOperation();
    if (operation == Operation.UNRECOGNIZED || operation == Operation.OPERATION_UNSPECIFIED) {
      violation(path + ".operation", "must be one of those known");
      return;
    }
    if (change.getName().isEmpty() != (operation == Operation.OPERATION_DELETE)) {
      violation(path + ".name", "is needed, except by OPERATION_DELETE, which has none");
    }
    json.writeStartObject();
    write("operation", operation.name().substring(OPERATION_PREFIX.length()));
    write("name", change.getName());
    if (change.hasValue()) {
      json.writeName("value");
      write(change.getValue(), path + ".value");
    }
    json.writeEndObject();
  }

  private void write(Map<String, PropertyValue> values, String path) {
    json.writeStartObject();
    values.forEach(
        (name, value) -> {
          json.writeName(name);
          write(value, path + "." + name);
        });
    json.writeEndObject();
  }

  private void write(PropertyValue value, String path) {
    switch (value.getKindCase()) {
      case TEXT -> json.writeString(value.getText());
      case INTEGER -> json.writeNumber(value.getInteger());
      case DECIMAL -> {
        if (NUMBER.matcher(value.getDecimal()).matches()) {
          json.writeNumber(value.getDecimal());
        } else {
          wrong(path, "must be a number as JSON writes it");
        }
      }
      case REAL -> {
        if (Double.isFinite(value.getReal())) {
          json.writeNumber(value.getReal());
        } else {
          wrong(path, "must be finite");
        }
      }
      case FLAG -> json.writeBoolean(value.getFlag());
      case LIST -> {
        json.writeStartArray();
        List<PropertyValue> elements = value.getList().getValuesList();
        for (int i = 0; i < elements.size(); i++) {
          write(elements.get(i), path + "[" + i + "]");
        }
        json.writeEndArray();
      }
      case MAP -> write(value.getMap().getFieldsMap(), path);
      case KIND_NOT_SET -> json.writeNull();
    }
  }

  private void write(String name, String text) {
    if (!text.isEmpty()) {
      json.writeStringProperty(name, text);
    }
  }

  /** Something must stand there for the text to go on; nobody reads it. */
  private void wrong(String path, String description) {
    json.writeNull();
    violation(path, description);
  }

  private void violation(String path, String description) {
    violations.add(new FieldViolation(path, description));
  }
}
