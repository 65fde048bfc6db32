package io.tenure.collector.domain.dialect;

import io.tenure.collector.domain.record.Identity;
import io.tenure.collector.domain.record.Identity.Link;
import io.tenure.collector.domain.record.KeyedId;
import io.tenure.collector.domain.record.QuarantineReason;
import io.tenure.collector.domain.record.Unacceptable;
import io.tenure.collector.domain.record.ValueText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whom a Sensors record is about. Records of the second version of the schema carry their ids among
 * the properties, all others beside them.
 */
final class SensorsIds {

  private static final String LOGIN_KEY = KeyedId.LOGIN;

  /** As the Java SDK writes the number of a user it knows from the Sensors platform. */
  private static final String NUMBER_PREFIX = "SENSORS_ID:";

  /** Identities that name a device; others keep their key so that they never meet a device id. */
  private static final List<String> DEVICE_KEYS =
      List.of(
          KeyedId.ANONYMOUS,
          "$identity_cookie_id",
          "$identity_android_id",
          "$identity_android_uuid",
          "$identity_idfv",
          "$identity_harmony_uuid");

  private final Fields ids;
  private final Fields identities;
  private final boolean signUp;
  private final boolean distinctIsLogin;
  private final String number;

  /**
   * The ids of a record.
   *
   * @param ids where they are
   * @param number the user's number; empty for none
   */
  private SensorsIds(Fields ids, String type, boolean loginFlag, String number)
      throws Unacceptable {
    this.ids = ids;
    this.identities = ids.object("identities");
    this.signUp = type.equals("track_signup");
    this.distinctIsLogin = loginFlag || signUp;
    this.number = number;
  }

  static SensorsIds of(SensorsRecord record) throws Unacceptable {
    Fields ids = record.ids();
    boolean loginFlag = Boolean.TRUE.equals(record.properties().get("$is_login_id"));
    return new SensorsIds(ids, record.type(), loginFlag, record.userNumber());
  }

  /** The ids, when the record says nothing about them. */
  Identity plain() throws Unacceptable {
    return identity(false);
  }

  /** The ids, which become one user's when there are two. */
  Identity bound() throws Unacceptable {
    return identity(true);
  }

  /** The one id that is taken from its user. */
  Identity unbound() throws Unacceptable {
    if (identities.values().size() != 1) {
      throw new Unacceptable(
          QuarantineReason.FIELD_INVALID, "'identities' must name the one id to be unbound");
    }
    String login = identities.text(LOGIN_KEY);
    return new Identity(login, login.isEmpty() ? device() : "", Link.UNBIND, keyed());
  }

  /** Identities that are neither login nor device and don't lead to the user. */
  Map<String, String> others() throws Unacceptable {
    Map<String, String> others = LinkedHashMap.newLinkedHashMap(0);
    for (String key : identities.values().keySet()) {
      if (!key.equals(LOGIN_KEY) && !DEVICE_KEYS.contains(key) && !identities.text(key).isEmpty()) {
        others.put(key, identities.text(key));
      }
    }
    return others;
  }

  /** What tells records of different users apart, for recognising a record sent again. */
  String fingerprint() throws Unacceptable {
    String distinct = ids.text("distinct_id");
    if (!distinct.isEmpty()) {
      return distinct;
    }
    return number.isEmpty() ? ValueText.json("identities", identities.values()) : number;
  }

  private Identity identity(boolean bind) throws Unacceptable {
    String login = identities.text(LOGIN_KEY);
    login = login.isEmpty() ? ownLoginKey() : login;
    String device = device();
    if (login.isEmpty() && device.isEmpty()) {
      return fromDistinctId(bind);
    }
    Link link = bind && !login.isEmpty() && !device.isEmpty() ? Link.BIND : Link.NONE;
    return new Identity(login, device, link, keyed());
  }

  /** All identities, when there are others than a login id and a device id under their keys. */
  private List<KeyedId> keyed() throws Unacceptable {
    boolean plain = true;
    for (String key : identities.values().keySet()) {
      plain &= key.equals(KeyedId.LOGIN) || key.equals(KeyedId.ANONYMOUS);
    }
    if (plain) {
      return List.of();
    }
    List<KeyedId> keyed = new ArrayList<>(identities.values().size());
    for (String key : identities.values().keySet()) {
      String value = identities.text(key);
      if (!value.isEmpty() && !key.isEmpty()) {
        keyed.add(new KeyedId(key, value));
      }
    }
    return keyed;
  }

  /** The namespace of {@code distinct_id} follows from the other fields. */
  private Identity fromDistinctId(boolean bind) throws Unacceptable {
    if (!number.isEmpty()) {
      return new Identity("", NUMBER_PREFIX + number, false);
    }
    String distinct = ids.text("distinct_id");
    String login = ids.text("login_id");
    String device = ids.text("anonymous_id");
    if (distinctIsLogin || distinct.equals(login)) {
      login = distinct;
    } else if (device.isEmpty()) {
      device = distinct;
    }
    if (signUp && device.isEmpty()) {
      device = ids.text("original_id");
    }
    return new Identity(login, device, bind && !login.isEmpty() && !device.isEmpty());
  }

  /** An app may log in by a key of its own; its SDK then says {@code KEY+VALUE} as login id. */
  private String ownLoginKey() throws Unacceptable {
    String login = ids.text("login_id");
    int plus = login.indexOf('+');
    if (plus > 0 && login.substring(plus + 1).equals(identities.text(login.substring(0, plus)))) {
      return login;
    }
    return "";
  }

  private String device() throws Unacceptable {
    for (String key : DEVICE_KEYS) {
      String value = identities.text(key);
      if (!value.isEmpty()) {
        return value;
      }
    }
    String own = ownLoginKey();
    for (Map.Entry<String, String> other : others().entrySet()) {
      if (!own.equals(other.getKey() + "+" + other.getValue())) {
        return other.getKey() + ":" + other.getValue();
      }
    }
    return "";
  }
}
