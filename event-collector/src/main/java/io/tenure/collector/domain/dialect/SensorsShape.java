package io.tenure.collector.domain.dialect;

import io.tenure.collector.domain.record.EventId;
import io.tenure.collector.domain.record.Fingerprint;
import io.tenure.collector.domain.record.Identity;
import io.tenure.collector.domain.record.JsonNull;
import io.tenure.collector.domain.record.LogRecord;
import io.tenure.collector.domain.record.LogRecord.Event;
import io.tenure.collector.domain.record.LogRecord.ProfileChange;
import io.tenure.collector.domain.record.LogRecord.Source;
import io.tenure.collector.domain.record.QuarantineReason;
import io.tenure.collector.domain.record.TraitChange;
import io.tenure.collector.domain.record.TraitChange.Operation;
import io.tenure.collector.domain.record.Unacceptable;
import io.tenure.collector.domain.record.ValueText;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Understands the records of the Sensors Data SDKs. */
final class SensorsShape {

  private static final String LOGIN_KEY = "$identity_login_id";

  /** Identities that name a device; others keep their key so that they never meet a device id. */
  private static final List<String> DEVICE_KEYS =
      List.of(
          "$identity_anonymous_id",
          "$identity_cookie_id",
          "$identity_android_id",
          "$identity_android_uuid",
          "$identity_idfv",
          "$identity_harmony_uuid");

  LogRecord.Accepted shape(Draft draft) throws Unacceptable {
    Fields fields = new Fields(draft.fields());
    String override = fields.text("project");
    if (!override.isEmpty() && !override.equals(draft.project().value())) {
      throw new Unacceptable(
          QuarantineReason.PROJECT_MISMATCH, "The record names a project its key does not open");
    }
    String type = fields.text("type");
    return switch (type) {
      case "track" -> event(draft, fields, type, "", false);
      case "track_signup" -> event(draft, fields, type, "$SignUp", true);
      case "track_id_bind" -> event(draft, fields, type, "$BindID", true);
      case "profile_set" -> change(draft, fields, type, Operation.SET);
      case "profile_set_once" -> change(draft, fields, type, Operation.SET_ONCE);
      case "profile_increment" -> change(draft, fields, type, Operation.INCREMENT);
      case "profile_append" -> change(draft, fields, type, Operation.APPEND);
      case "profile_unset" -> change(draft, fields, type, Operation.UNSET);
      case "profile_delete" -> change(draft, fields, type, Operation.DELETE);
      case "item_set", "item_delete" ->
          throw new Unacceptable(
              QuarantineReason.ITEM_NOT_SUPPORTED_YET, "Items are kept until there is a table");
      case "track_id_unbind" ->
          throw new Unacceptable(
              QuarantineReason.UNBIND_NOT_SUPPORTED_YET, "Ids can't be taken from a user yet");
      default -> throw new Unacceptable(QuarantineReason.TYPE_UNKNOWN, "Unknown 'type'");
    };
  }

  private static Event event(
      Draft draft, Fields fields, String type, String defaultName, boolean bind)
      throws Unacceptable {
    Fields sent = fields.object("properties");
    Fields library = fields.lenientObject("lib");
    String sdk = library.lenientText("$lib");
    Map<String, String> properties = LinkedHashMap.newLinkedHashMap(sent.values().size());
    for (Map.Entry<String, Object> entry : sent.values().entrySet()) {
      if (entry.getValue() != JsonNull.NULL) {
        properties.put(
            entry.getKey(),
            SensorsDate.normalize(sdk, ValueText.of(entry.getKey(), entry.getValue())));
      }
    }
    String name = fields.text("event");
    name = name.isEmpty() ? defaultName : name;
    Instant time = time(fields);
    Identity identity = identity(fields, sent, bind);
    EventId id = id(draft, fields, type, name, time, sent);
    return new Event(source(draft, id, identity, time, sdk, library), name, properties);
  }

  private static ProfileChange change(Draft draft, Fields fields, String type, Operation operation)
      throws Unacceptable {
    Fields sent = fields.object("properties");
    Fields library = fields.lenientObject("lib");
    String sdk = library.lenientText("$lib");
    List<TraitChange> changes = new ArrayList<>();
    if (operation == Operation.DELETE) {
      changes.add(new TraitChange(operation, "", ""));
    } else {
      for (Map.Entry<String, Object> entry : sent.values().entrySet()) {
        if (!entry.getKey().equals("$is_login_id")) {
          changes.add(change(operation, sdk, entry.getKey(), entry.getValue()));
        }
      }
    }
    Instant time = time(fields);
    Identity identity = identity(fields, sent, false);
    EventId id = id(draft, fields, type, "", time, sent);
    return new ProfileChange(source(draft, id, identity, time, sdk, library), changes);
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

  private static Source source(
      Draft draft, EventId id, Identity identity, Instant time, String sdk, Fields library) {
    String version = library.lenientText("$lib_version");
    return new Source(
        draft.project(),
        id,
        identity,
        time,
        draft.receiveTime(),
        version.isEmpty() ? sdk : sdk + " " + version);
  }

  private static Instant time(Fields fields) throws Unacceptable {
    try {
      return switch (fields.values().get("time")) {
        case Long millis -> Instant.ofEpochMilli(millis);
        case BigDecimal millis -> Instant.ofEpochMilli(millis.longValueExact());
        case BigInteger millis -> Instant.ofEpochMilli(millis.longValueExact());
        case String millis -> Instant.ofEpochMilli(Long.parseLong(millis));
        case null, default -> throw new ArithmeticException();
      };
    } catch (ArithmeticException | NumberFormatException notMillis) {
      throw new Unacceptable(
          QuarantineReason.TIME_INVALID, "'time' must be milliseconds since 1970");
    }
  }

  /** The namespace of {@code distinct_id} follows from the other fields; see the protocol notes. */
  private static Identity identity(Fields fields, Fields properties, boolean bind)
      throws Unacceptable {
    Fields identities = fields.object("identities");
    String login = identities.text(LOGIN_KEY);
    String device = device(identities);
    if (!login.isEmpty() || !device.isEmpty()) {
      return new Identity(login, device, bind && !login.isEmpty() && !device.isEmpty());
    }
    String distinct = fields.text("distinct_id");
    login = fields.text("login_id");
    device = fields.text("anonymous_id");
    boolean signUp = fields.text("type").equals("track_signup");
    boolean distinctIsLogin =
        signUp
            || distinct.equals(login)
            || Boolean.TRUE.equals(properties.values().get("$is_login_id"));
    if (distinctIsLogin) {
      login = distinct;
    } else if (device.isEmpty()) {
      device = distinct;
    }
    if (signUp && device.isEmpty()) {
      device = fields.text("original_id");
    }
    return new Identity(login, device, bind && !login.isEmpty() && !device.isEmpty());
  }

  private static String device(Fields identities) throws Unacceptable {
    for (String key : DEVICE_KEYS) {
      String value = identities.text(key);
      if (!value.isEmpty()) {
        return value;
      }
    }
    for (String key : identities.values().keySet()) {
      if (!key.equals(LOGIN_KEY) && !identities.text(key).isEmpty()) {
        return key + ":" + identities.text(key);
      }
    }
    return "";
  }

  /** Without a {@code _track_id} the properties take its place. */
  private static EventId id(
      Draft draft, Fields fields, String type, String name, Instant time, Fields properties)
      throws Unacceptable {
    String distinct = fields.text("distinct_id");
    if (distinct.isEmpty()) {
      distinct = ValueText.json("identities", fields.object("identities").values());
    }
    String track = fields.text("_track_id");
    if (track.isEmpty()) {
      track = ValueText.json("properties", properties.values());
    }
    return new EventId(
        Fingerprint.of(
                draft.project().value(),
                distinct,
                track,
                Long.toString(time.toEpochMilli()),
                name,
                type)
            .hex());
  }
}
