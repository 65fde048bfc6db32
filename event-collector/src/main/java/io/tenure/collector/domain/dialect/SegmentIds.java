package io.tenure.collector.domain.dialect;

import io.tenure.collector.domain.record.Identity;
import io.tenure.collector.domain.record.KeyedId;
import io.tenure.collector.domain.record.QuarantineReason;
import io.tenure.collector.domain.record.Unacceptable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whom a call of Segment's protocol is about. */
final class SegmentIds {

  private static final String EXTERNAL = "externalIds";

  /** Segment's names of what the Sensors SDKs have keys for; every other type is a key as it is. */
  private static final Map<String, String> KEYS =
      Map.of(
          "user_id",
          KeyedId.LOGIN,
          "anonymous_id",
          KeyedId.ANONYMOUS,
          "email",
          "$identity_email",
          "phone",
          "$identity_mobile");

  private SegmentIds() {}

  /** The ids of a call; an identify with both makes them one user's. */
  static Identity of(Draft draft, Fields fields) throws Unacceptable {
    String login = fields.text("userId");
    String device = fields.text("anonymousId");
    boolean bind = fields.text("type").equals("identify");
    return identity(draft, fields, login, device, bind && !login.isEmpty() && !device.isEmpty());
  }

  /** The two ids of an alias, which become one user's. */
  static Identity ofAlias(Draft draft, Fields fields) throws Unacceptable {
    String login = fields.text("userId");
    String previous = fields.text("previousId");
    if (login.isEmpty() || previous.isEmpty()) {
      throw new Unacceptable(
          QuarantineReason.IDENTITY_MISSING, "An alias needs 'userId' and 'previousId'");
    }
    return identity(draft, fields, login, previous, true);
  }

  private static Identity identity(
      Draft draft, Fields fields, String login, String device, boolean bind) {
    Identity identity = new Identity(login, device, bind);
    List<?> external = external(fields);
    external = external.isEmpty() ? external(new Fields(draft.shared())) : external;
    return external.isEmpty() ? identity : identity.with(keyed(login, device, external));
  }

  private static List<?> external(Fields fields) {
    return fields.lenientObject("context").values().get(EXTERNAL) instanceof List<?> list
        ? list
        : List.of();
  }

  /** All ids; what of the context can't be read does not matter, as everywhere there. */
  private static List<KeyedId> keyed(String login, String device, List<?> external) {
    Set<KeyedId> ids = new LinkedHashSet<>();
    add(ids, KeyedId.LOGIN, login);
    add(ids, KeyedId.ANONYMOUS, device);
    for (Object each : external) {
      if (each instanceof Map<?, ?> map) {
        Fields one = Fields.of(map);
        @Nullable Object collection = one.values().get("collection");
        if (collection == null || collection.equals("users")) {
          String type = one.lenientText("type");
          add(ids, KEYS.getOrDefault(type, type), id(one));
        }
      }
    }
    return new ArrayList<>(ids);
  }

  private static String id(Fields external) {
    return external.values().get("id") instanceof Long number
        ? number.toString()
        : external.lenientText("id");
  }

  private static void add(Set<KeyedId> ids, String key, String value) {
    if (!key.isEmpty() && !value.isEmpty()) {
      ids.add(new KeyedId(key, value));
    }
  }
}
