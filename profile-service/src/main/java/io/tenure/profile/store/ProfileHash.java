package io.tenure.profile.store;

import io.tenure.profile.domain.Absorbed;
import io.tenure.profile.domain.HotProfiles.Held;
import io.tenure.profile.domain.KeyedId;
import io.tenure.profile.domain.Merging;
import io.tenure.profile.domain.Profile;
import io.tenure.profile.domain.Release;
import io.tenure.profile.domain.TraitValue;
import io.tenure.profile.domain.UserKey;
import io.tenure.profile.domain.activity.Activity;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How a profile lies in a Redis hash: one field for each fact, trait, device, watermark and event.
 */
final class ProfileHash {

  static final String REVISION = "revision";

  private static final String EPOCH = "epoch";
  private static final String LOGIN = "login";
  private static final String FIRST_SEEN = "first_seen";
  private static final String LAST_SEEN = "last_seen";
  private static final String EVENTS = "events";
  private static final String UPDATED = "updated";
  private static final String DEVICE_PREFIX = "d:";
  private static final String TRAIT_PREFIX = "t:";
  private static final String WATERMARK_PREFIX = "w:";
  private static final String RELEASE_PREFIX = "r:";
  private static final String EVENT_PREFIX = "e:";
  private static final String NUMBER_PREFIX = "n:";
  private static final String SESSIONS = "sessions";
  private static final String KEYED_PREFIX = "i:";
  private static final String MERGED_INTO = "merged_into";
  private static final String OTHER_LOGIN_PREFIX = "l:";
  private static final String ABSORBED_PREFIX = "a:";

  private static final char PREFIX_END = ':';

  private final Map<String, String> plain = HashMap.newHashMap(9);
  private final Map<Integer, String> devices = new TreeMap<>();
  private final Map<Integer, KeyedId> identities = new TreeMap<>();
  private final Map<String, TraitValue> traits = new TreeMap<>();
  private final Map<String, Long> watermarks = new HashMap<>();
  private final Set<Release> releases = new HashSet<>();
  private final Map<String, String> events = new TreeMap<>();
  private final Map<String, String> numbers = new TreeMap<>();
  private final Map<Integer, String> otherLogins = new TreeMap<>();
  private final Map<Long, Absorbed> absorbed = new TreeMap<>();

  private ProfileHash() {}

  /** What turns the hash of one profile into that of another; of {@code null} for no hash. */
  static HashChange change(@Nullable Held held, Profile after, String epoch) {
    Profile before = held == null ? Profile.blank(after.user()) : held.profile();
    HashChange change = new HashChange();
    boolean absent = held == null;
    change.field(REVISION, absent ? null : before.revision(), after.revision());
    change.field(EPOCH, held == null ? null : held.epoch(), epoch);
    change.time(UPDATED, absent ? null : before.updateTime(), after.updateTime());
    change.field(EVENTS, absent ? null : before.eventCount(), after.eventCount());
    change.field(LOGIN, known(before.loginId()), known(after.loginId()));
    change.time(FIRST_SEEN, before.firstSeenTime(), after.firstSeenTime());
    change.time(LAST_SEEN, before.lastSeenTime(), after.lastSeenTime());
    change.list(DEVICE_PREFIX, before.anonymousIds(), after.anonymousIds());
    change.list(KEYED_PREFIX, texts(before.identities()), texts(after.identities()));
    change.fields(WATERMARK_PREFIX, before.watermarks(), after.watermarks(), Object::toString);
    change.set(RELEASE_PREFIX, before.releases(), after.releases(), Release::text);
    change.fields(TRAIT_PREFIX, before.traits(), after.traits(), TraitValue::json);
    Activity was = before.activity();
    Activity is = after.activity();
    change.fields(EVENT_PREFIX, was.events(), is.events(), tally -> tally);
    change.fields(NUMBER_PREFIX, was.numbers(), is.numbers(), history -> history);
    change.field(SESSIONS, known(was.sessions()), known(is.sessions()));
    merging(change, before.merging(), after.merging());
    return change;
  }

  private static void merging(HashChange change, Merging before, Merging after) {
    change.field(
        MERGED_INTO,
        before.isMerged() ? before.into() : null,
        after.isMerged() ? after.into() : null);
    change.list(OTHER_LOGIN_PREFIX, before.otherLoginIds(), after.otherLoginIds());
    change.fields(ABSORBED_PREFIX, before.absorbed(), after.absorbed(), AbsorbedText::write);
  }

  private static @Nullable String known(String text) {
    return text.isEmpty() ? null : text;
  }

  private static List<String> texts(List<KeyedId> ids) {
    return ids.isEmpty() ? List.of() : ids.stream().map(KeyedId::text).toList();
  }

  /** Reads a hash: name and value of each field, one after the other. */
  static Held decode(UserKey user, List<String> fields) {
    return new ProfileHash().read(fields).held(user);
  }

  private ProfileHash read(List<String> fields) {
    for (int i = 0; i < fields.size(); i += 2) {
      String name = fields.get(i);
      String value = fields.get(i + 1);
      if (name.length() > 1 && name.charAt(1) == PREFIX_END) {
        read(name.substring(0, 2), name.substring(2), value);
      } else {
        plain.put(name, value);
      }
    }
    return this;
  }

  private void read(String prefix, String name, String value) {
    switch (prefix) {
      case TRAIT_PREFIX -> traits.put(name, new TraitValue(value));
      case WATERMARK_PREFIX -> watermarks.put(name, Long.valueOf(value));
      case RELEASE_PREFIX -> releases.add(Release.parse(name));
      case EVENT_PREFIX -> events.put(name, value);
      case NUMBER_PREFIX -> numbers.put(name, value);
      case OTHER_LOGIN_PREFIX -> otherLogins.put(Integer.valueOf(name), value);
      case ABSORBED_PREFIX -> absorbed.put(Long.valueOf(name), AbsorbedText.read(value));
      case DEVICE_PREFIX -> devices.put(Integer.valueOf(name), value);
      case KEYED_PREFIX -> identities.put(Integer.valueOf(name), KeyedId.parse(value));
      default -> {}
    }
  }

  private Held held(UserKey user) {
    Profile profile =
        new Profile(
            user,
            plain.getOrDefault(LOGIN, ""),
            List.copyOf(devices.values()),
            List.copyOf(identities.values()),
            traits,
            instant(plain.get(FIRST_SEEN)),
            instant(plain.get(LAST_SEEN)),
            Long.parseLong(plain.getOrDefault(EVENTS, "0")),
            new Activity(events, plain.getOrDefault(SESSIONS, ""), numbers),
            Instant.ofEpochMilli(Long.parseLong(plain.getOrDefault(UPDATED, "0"))),
            watermarks,
            releases,
            merging(),
            Long.parseLong(plain.getOrDefault(REVISION, "0")));
    return new Held(profile, plain.getOrDefault(EPOCH, ""));
  }

  private Merging merging() {
    long into = Long.parseLong(plain.getOrDefault(MERGED_INTO, "0"));
    return into == 0 && otherLogins.isEmpty() && absorbed.isEmpty()
        ? Merging.NONE
        : new Merging(into, List.copyOf(otherLogins.values()), absorbed);
  }

  private static @Nullable Instant instant(@Nullable String millis) {
    return millis == null ? null : Instant.ofEpochMilli(Long.parseLong(millis));
  }
}
