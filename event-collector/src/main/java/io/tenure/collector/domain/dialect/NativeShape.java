package io.tenure.collector.domain.dialect;

import io.tenure.collector.domain.record.EventId;
import io.tenure.collector.domain.record.Identity;
import io.tenure.collector.domain.record.JsonNull;
import io.tenure.collector.domain.record.KeyedId;
import io.tenure.collector.domain.record.LogRecord;
import io.tenure.collector.domain.record.LogRecord.Event;
import io.tenure.collector.domain.record.LogRecord.ProfileChange;
import io.tenure.collector.domain.record.LogRecord.Source;
import io.tenure.collector.domain.record.QuarantineReason;
import io.tenure.collector.domain.record.TraitChange;
import io.tenure.collector.domain.record.TraitChange.Operation;
import io.tenure.collector.domain.record.Unacceptable;
import io.tenure.collector.domain.record.ValueText;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Understands the events of our own API. What has a name is an event, the rest changes profiles.
 */
final class NativeShape {

  LogRecord.Accepted shape(Draft draft) throws Unacceptable {
    Fields fields = new Fields(draft.fields());
    Source source = source(draft, fields);
    String name = fields.text("name");
    return name.isEmpty()
        ? new ProfileChange(source, changes(fields))
        : new Event(source, name, properties(fields));
  }

  private static Source source(Draft draft, Fields fields) throws Unacceptable {
    String login = fields.text("login_id");
    String device = fields.text("anonymous_id");
    boolean bind = Boolean.TRUE.equals(fields.values().get("bind"));
    if (bind && (login.isEmpty() || device.isEmpty())) {
      throw new Unacceptable(
          QuarantineReason.IDENTITY_MISSING, "'bind' needs 'login_id' and 'anonymous_id'");
    }
    return new Source(
        draft.project(),
        id(fields),
        new Identity(login, device, bind).with(keyed(fields, login, device)),
        time(draft, fields),
        draft.receiveTime(),
        "");
  }

  /** All ids, when there are others than a login id and a device id. */
  private static List<KeyedId> keyed(Fields fields, String login, String device)
      throws Unacceptable {
    if (!(fields.values().get("identities") instanceof List<?> list)) {
      return List.of();
    }
    Set<KeyedId> keyed = new LinkedHashSet<>();
    keyed.add(new KeyedId(KeyedId.LOGIN, login));
    keyed.add(new KeyedId(KeyedId.ANONYMOUS, device));
    for (Object each : list) {
      if (each instanceof Map<?, ?> map) {
        Fields one = Fields.of(map);
        keyed.add(new KeyedId(one.text("key"), one.text("value")));
      }
    }
    keyed.removeIf(id -> id.key().isEmpty() || id.value().isEmpty());
    return new ArrayList<>(keyed);
  }

  private static EventId id(Fields fields) throws Unacceptable {
    String id = fields.text("event_id");
    if (id.isEmpty() || id.length() > EventId.MAX_LENGTH) {
      throw new Unacceptable(
          QuarantineReason.FIELD_INVALID,
          "'event_id' must have 1 to " + EventId.MAX_LENGTH + " characters");
    }
    return new EventId(id);
  }

  private static Instant time(Draft draft, Fields fields) throws Unacceptable {
    String text = fields.text("event_time");
    if (text.isEmpty()) {
      return draft.receiveTime();
    }
    try {
      return Instant.parse(text).truncatedTo(ChronoUnit.MILLIS);
    } catch (DateTimeException notATime) {
      throw new Unacceptable(
          QuarantineReason.TIME_INVALID, "'event_time' must be an ISO 8601 time in UTC");
    }
  }

  private static Map<String, String> properties(Fields fields) throws Unacceptable {
    Map<String, Object> sent = fields.object("properties").values();
    Map<String, String> properties = LinkedHashMap.newLinkedHashMap(sent.size());
    for (Map.Entry<String, Object> entry : sent.entrySet()) {
      if (entry.getValue() != JsonNull.NULL) {
        properties.put(entry.getKey(), ValueText.of(entry.getKey(), entry.getValue()));
      }
    }
    return properties;
  }

  private static List<TraitChange> changes(Fields fields) throws Unacceptable {
    @Nullable Object sent = fields.values().get("changes");
    if (!(sent instanceof List<?> list)) {
      return List.of();
    }
    List<TraitChange> changes = new ArrayList<>(list.size());
    for (Object each : list) {
      if (!(each instanceof Map<?, ?> map)) {
        throw new Unacceptable(QuarantineReason.FIELD_INVALID, "A change must be an object");
      }
      changes.add(change(Fields.of(map)));
    }
    return changes;
  }

  private static TraitChange change(Fields fields) throws Unacceptable {
    Operation operation = operation(fields.text("operation"));
    String name = fields.text("name");
    @Nullable Object sent = fields.values().get("value");
    Object value = sent == null ? JsonNull.NULL : sent;
    return switch (operation) {
      case DELETE -> new TraitChange(Operation.DELETE, "", "");
      case UNSET -> new TraitChange(Operation.UNSET, name, "");
      case SET, SET_ONCE ->
          value == JsonNull.NULL
              ? new TraitChange(Operation.UNSET, name, "")
              : new TraitChange(operation, name, ValueText.json(name, value));
      case INCREMENT -> {
        require(value instanceof Number, name, "a number");
        yield new TraitChange(operation, name, ValueText.json(name, value));
      }
      case APPEND -> {
        require(value instanceof List<?>, name, "a list");
        yield new TraitChange(operation, name, ValueText.json(name, value));
      }
    };
  }

  private static void require(boolean fits, String name, String what) throws Unacceptable {
    if (!fits) {
      throw new Unacceptable(QuarantineReason.FIELD_INVALID, "'" + name + "' must be " + what);
    }
  }

  private static Operation operation(String name) throws Unacceptable {
    try {
      return Operation.valueOf(name);
    } catch (IllegalArgumentException unknown) {
      throw new Unacceptable(QuarantineReason.FIELD_INVALID, "Unknown 'operation' of a change");
    }
  }
}
