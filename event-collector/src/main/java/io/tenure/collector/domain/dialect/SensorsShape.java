package io.tenure.collector.domain.dialect;

import io.tenure.collector.domain.record.EventId;
import io.tenure.collector.domain.record.Fingerprint;
import io.tenure.collector.domain.record.Identity;
import io.tenure.collector.domain.record.JsonNull;
import io.tenure.collector.domain.record.LogRecord;
import io.tenure.collector.domain.record.LogRecord.Event;
import io.tenure.collector.domain.record.LogRecord.Item;
import io.tenure.collector.domain.record.LogRecord.Item.Kind;
import io.tenure.collector.domain.record.LogRecord.ProfileChange;
import io.tenure.collector.domain.record.LogRecord.Source;
import io.tenure.collector.domain.record.QuarantineReason;
import io.tenure.collector.domain.record.TraitChange;
import io.tenure.collector.domain.record.TraitChange.Operation;
import io.tenure.collector.domain.record.Unacceptable;
import io.tenure.collector.domain.record.ValueText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Understands the records of the Sensors Data SDKs. */
final class SensorsShape {

  /** The name on the wire, and the one the manuals give the stored property. */
  private static final String DURATION = "event_duration";

  private static final String STORED_DURATION = "$event_duration";

  LogRecord.Accepted shape(Draft draft) throws Unacceptable {
    SensorsRecord record = SensorsRecord.of(draft);
    return switch (record.type()) {
      case "track" -> event(draft, record, "", SensorsIds.of(record).plain());
      case "track_signup" -> event(draft, record, "$SignUp", SensorsIds.of(record).bound());
      case "track_id_bind" -> event(draft, record, "$BindID", SensorsIds.of(record).bound());
      case "track_id_unbind" -> event(draft, record, "$UnbindID", SensorsIds.of(record).unbound());
      case "profile_set" -> change(draft, record, Operation.SET);
      case "profile_set_once" -> change(draft, record, Operation.SET_ONCE);
      case "profile_increment" -> change(draft, record, Operation.INCREMENT);
      case "profile_append" -> change(draft, record, Operation.APPEND);
      case "profile_unset" -> change(draft, record, Operation.UNSET);
      case "profile_delete" -> change(draft, record, Operation.DELETE);
      case "item_set" -> item(draft, record, Kind.ITEM, false);
      case "item_delete" -> item(draft, record, Kind.ITEM, true);
      case "detail_set" -> item(draft, record, Kind.DETAIL, false);
      case "detail_delete" -> item(draft, record, Kind.DETAIL, true);
      default -> throw new Unacceptable(QuarantineReason.TYPE_UNKNOWN, "Unknown 'type'");
    };
  }

  private static Event event(
      Draft draft, SensorsRecord record, String defaultName, Identity identity)
      throws Unacceptable {
    String sent = record.fields().text("event");
    String name = sent.isEmpty() ? defaultName : sent;
    SensorsIds ids = SensorsIds.of(record);
    Map<String, String> properties = record.texts();
    String duration = properties.remove(STORED_DURATION);
    if (duration != null) {
      properties.putIfAbsent(DURATION, duration);
    }
    ids.others().forEach(properties::putIfAbsent);
    Source source = source(draft, record, ids.fingerprint(), name, identity);
    return SensorsTrigger.read(new Event(source, name, properties));
  }

  private static ProfileChange change(Draft draft, SensorsRecord record, Operation operation)
      throws Unacceptable {
    List<TraitChange> changes = new ArrayList<>();
    if (operation == Operation.DELETE) {
      changes.add(new TraitChange(operation, "", ""));
    } else {
      for (Map.Entry<String, Object> entry : record.properties().entrySet()) {
        if (!entry.getKey().equals("$is_login_id")) {
          changes.add(change(operation, record.sdk(), entry.getKey(), entry.getValue()));
        }
      }
    }
    SensorsIds ids = SensorsIds.of(record);
    return new ProfileChange(source(draft, record, ids.fingerprint(), "", ids.plain()), changes);
  }

  private static TraitChange change(Operation operation, String sdk, String name, Object value)
      throws Unacceptable {
    return switch (operation) {
      case INCREMENT -> {
        if (!(value instanceof Number)) {
          throw new Unacceptable(QuarantineReason.FIELD_INVALID, "'" + name + "' must be a number");
        }
        yield new TraitChange(operation, name, ValueText.json(name, value));
      }
      case APPEND -> {
        if (!(value instanceof List<?>)) {
          throw new Unacceptable(QuarantineReason.FIELD_INVALID, "'" + name + "' must be a list");
        }
        yield new TraitChange(operation, name, ValueText.json(name, value));
      }
      case UNSET, DELETE -> new TraitChange(Operation.UNSET, name, "");
      case SET, SET_ONCE -> {
        if (value == JsonNull.NULL) {
          yield new TraitChange(Operation.UNSET, name, "");
        }
        Object normal = value instanceof String text ? SensorsDate.normalize(sdk, text) : value;
        yield new TraitChange(operation, name, ValueText.json(name, normal));
      }
    };
  }

  private static Item item(Draft draft, SensorsRecord record, Kind kind, boolean deleted)
      throws Unacceptable {
    String type = required("item_type", record.itemType());
    String id = required("item_id", record.itemId());
    SensorsIds ids = SensorsIds.of(record);
    Source source = source(draft, record, kind.label() + ":" + type, id, ids.plain());
    return new Item(source, kind, type, id, deleted, deleted ? Map.of() : record.texts());
  }

  private static String required(String field, String value) throws Unacceptable {
    if (value.isEmpty() || value.length() > Identity.MAX_LENGTH) {
      throw new Unacceptable(
          QuarantineReason.FIELD_INVALID,
          "'" + field + "' must have 1 to " + Identity.MAX_LENGTH + " characters");
    }
    return value;
  }

  /**
   * Where a record comes from, and by what it is recognised when it is sent again: whose it is, its
   * track id, its time as sent, its name and its type.
   */
  private static Source source(
      Draft draft, SensorsRecord record, String whose, String name, Identity identity)
      throws Unacceptable {
    SensorsTime time = SensorsTime.of(draft, record.fields());
    EventId id =
        new EventId(
            Fingerprint.of(
                    draft.project().value(),
                    whose,
                    record.trackId(),
                    Long.toString(time.original().toEpochMilli()),
                    name,
                    record.type())
                .hex());
    return new Source(
        draft.project(),
        id,
        identity,
        time.corrected(),
        time.original(),
        draft.receiveTime(),
        record.library());
  }
}
