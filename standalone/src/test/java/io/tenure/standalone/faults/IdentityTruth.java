package io.tenure.standalone.faults;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Whose records and ids are by an identity plan, as plainly as possible: two maps, asked one record
 * after another. By ID_MAPPING a device is used with one login only.
 */
final class IdentityTruth {

  private final Plan plan;
  private final Map<String, Integer> logins = new TreeMap<>();
  private final Map<String, Integer> devices = new TreeMap<>();
  private final Set<String> taken = new HashSet<>();
  private final Set<Integer> paired = new HashSet<>();
  private final Map<Long, Integer> people = new HashMap<>();
  private int last;
  private long tracks;

  IdentityTruth(Plan plan) {
    this.plan = plan;
  }

  /** An identity plan. */
  enum Plan {
    DEVICE_ONLY,
    ONE_TO_ONE,
    MANY_TO_ONE,
    ID_MAPPING;

    /** As a project chooses it. */
    String json() {
      String keys =
          """
          ,"keys":[{"name":"$identity_login_id","values":"VALUES_SINGLE"},
            {"name":"$identity_anonymous_id","values":"VALUES_MULTI"}]
          """;
      return "{\"kind\":\"KIND_" + name() + "\"" + (this == ID_MAPPING ? keys : "") + "}";
    }
  }

  /**
   * A record.
   *
   * @param identify whether it says that both ids are of one person
   * @param login empty for none
   * @param device empty for none
   */
  record Sighting(long number, boolean identify, String login, String device) {}

  /** A record came. */
  void saw(Sighting sighting) {
    tracks += sighting.identify() ? 0 : 1;
    people.put(sighting.number(), person(sighting.identify(), sighting.login(), sighting.device()));
  }

  /** Whom each record is about, by number. */
  Map<Long, Integer> people() {
    return people;
  }

  /** How many records are events. */
  long tracks() {
    return tracks;
  }

  /** Who has each id; logins and devices never look alike. */
  Map<String, Integer> owners() {
    Map<String, Integer> owners = new TreeMap<>(logins);
    owners.putAll(devices);
    return owners;
  }

  private int person(boolean identify, String login, String device) {
    if (login.isEmpty() || (plan == Plan.DEVICE_ONLY && !device.isEmpty())) {
      return devices.computeIfAbsent(device, unknown -> ++last);
    }
    if (plan == Plan.ID_MAPPING) {
      return mapped(login, device);
    }
    if (identify && !device.isEmpty() && !taken.contains(device)) {
      signIn(login, device);
    }
    return logins.computeIfAbsent(login, unknown -> ++last);
  }

  private int mapped(String login, String device) {
    @Nullable Integer owner = logins.get(login);
    int person = owner != null ? owner : devices.containsKey(device) ? devices.get(device) : ++last;
    logins.put(login, person);
    if (!device.isEmpty()) {
      devices.putIfAbsent(device, person);
    }
    return person;
  }

  private void signIn(String login, String device) {
    @Nullable Integer person = logins.get(login);
    boolean full = plan == Plan.ONE_TO_ONE && person != null && paired.contains(person);
    boolean both = plan == Plan.ONE_TO_ONE && person != null && devices.containsKey(device);
    if (full || both) {
      return;
    }
    if (person == null) {
      person = devices.containsKey(device) ? devices.get(device) : ++last;
      logins.put(login, person);
    }
    devices.put(device, person);
    taken.add(device);
    paired.add(person);
  }
}
