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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
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

  private ProfileHash() {}

  static Map<String, String> encode(Profile profile, String epoch) {
    Map<String, String> fields = LinkedHashMap.newLinkedHashMap(16 + profile.traits().size());
    fields.put(REVISION, Long.toString(profile.revision()));
    fields.put(EPOCH, epoch);
    fields.put(UPDATED, millis(profile.updateTime()));
    fields.put(EVENTS, Long.toString(profile.eventCount()));
    if (!profile.loginId().isEmpty()) {
      fields.put(LOGIN, profile.loginId());
    }
    put(fields, FIRST_SEEN, profile.firstSeenTime());
    put(fields, LAST_SEEN, profile.lastSeenTime());
    for (int i = 0; i < profile.anonymousIds().size(); i++) {
      fields.put(DEVICE_PREFIX + i, profile.anonymousIds().get(i));
    }
    for (int i = 0; i < profile.identities().size(); i++) {
      fields.put(KEYED_PREFIX + i, profile.identities().get(i).text());
    }
    profile.watermarks().forEach((log, at) -> fields.put(WATERMARK_PREFIX + log, at.toString()));
    profile.releases().forEach(release -> fields.put(RELEASE_PREFIX + release.text(), ""));
    profile.traits().forEach((name, value) -> fields.put(TRAIT_PREFIX + name, value.json()));
    Activity activity = profile.activity();
    activity.events().forEach((name, tally) -> fields.put(EVENT_PREFIX + name, tally));
    activity.numbers().forEach((name, history) -> fields.put(NUMBER_PREFIX + name, history));
    if (!activity.sessions().isEmpty()) {
      fields.put(SESSIONS, activity.sessions());
    }
    put(fields, profile.merging());
    return fields;
  }

  private static void put(Map<String, String> fields, Merging merging) {
    if (merging.isMerged()) {
      fields.put(MERGED_INTO, Long.toString(merging.into()));
    }
    for (int i = 0; i < merging.otherLoginIds().size(); i++) {
      fields.put(OTHER_LOGIN_PREFIX + i, merging.otherLoginIds().get(i));
    }
    merging
        .absorbed()
        .forEach((number, user) -> fields.put(ABSORBED_PREFIX + number, AbsorbedText.write(user)));
  }

  static Held decode(UserKey user, Map<String, String> fields) {
    Map<Integer, String> devices = new TreeMap<>();
    Map<Integer, KeyedId> identities = new TreeMap<>();
    Map<String, TraitValue> traits = new TreeMap<>();
    Map<String, Long> watermarks = new HashMap<>();
    Set<Release> releases = new HashSet<>();
    Map<String, String> events = new TreeMap<>();
    Map<String, String> numbers = new TreeMap<>();
    Map<Integer, String> otherLogins = new TreeMap<>();
    Map<Long, Absorbed> absorbed = new TreeMap<>();
    fields.forEach(
        (field, value) -> {
          if (field.startsWith(TRAIT_PREFIX)) {
            traits.put(field.substring(TRAIT_PREFIX.length()), new TraitValue(value));
          } else if (field.startsWith(WATERMARK_PREFIX)) {
            watermarks.put(field.substring(WATERMARK_PREFIX.length()), Long.valueOf(value));
          } else if (field.startsWith(RELEASE_PREFIX)) {
            releases.add(Release.parse(field.substring(RELEASE_PREFIX.length())));
          } else if (field.startsWith(EVENT_PREFIX)) {
            events.put(field.substring(EVENT_PREFIX.length()), value);
          } else if (field.startsWith(NUMBER_PREFIX)) {
            numbers.put(field.substring(NUMBER_PREFIX.length()), value);
          } else if (field.startsWith(OTHER_LOGIN_PREFIX)) {
            otherLogins.put(Integer.valueOf(field.substring(OTHER_LOGIN_PREFIX.length())), value);
          } else if (field.startsWith(ABSORBED_PREFIX)) {
            absorbed.put(
                Long.valueOf(field.substring(ABSORBED_PREFIX.length())), AbsorbedText.read(value));
          } else if (field.startsWith(DEVICE_PREFIX)) {
            devices.put(Integer.valueOf(field.substring(DEVICE_PREFIX.length())), value);
          } else if (field.startsWith(KEYED_PREFIX)) {
            identities.put(
                Integer.valueOf(field.substring(KEYED_PREFIX.length())), KeyedId.parse(value));
          }
        });
    Profile profile =
        new Profile(
            user,
            fields.getOrDefault(LOGIN, ""),
            List.copyOf(devices.values()),
            List.copyOf(identities.values()),
            traits,
            instant(fields.get(FIRST_SEEN)),
            instant(fields.get(LAST_SEEN)),
            Long.parseLong(fields.getOrDefault(EVENTS, "0")),
            new Activity(events, fields.getOrDefault(SESSIONS, ""), numbers),
            Instant.ofEpochMilli(Long.parseLong(fields.getOrDefault(UPDATED, "0"))),
            watermarks,
            releases,
            new Merging(
                Long.parseLong(fields.getOrDefault(MERGED_INTO, "0")),
                List.copyOf(otherLogins.values()),
                absorbed),
            Long.parseLong(fields.getOrDefault(REVISION, "0")));
    return new Held(profile, fields.getOrDefault(EPOCH, ""));
  }

  /** Arguments of {@code profile-replace.lua} that turn one hash into another. */
  static String[] difference(Map<String, String> before, Map<String, String> after) {
    List<String> removed = new ArrayList<>();
    for (String field : before.keySet()) {
      if (!after.containsKey(field)) {
        removed.add(field);
      }
    }
    List<String> arguments = new ArrayList<>();
    arguments.add(before.getOrDefault(REVISION, "0"));
    arguments.add(Integer.toString(removed.size()));
    arguments.addAll(removed);
    after.forEach(
        (field, value) -> {
          if (!value.equals(before.get(field))) {
            arguments.add(field);
            arguments.add(value);
          }
        });
    return arguments.toArray(String[]::new);
  }

  private static void put(Map<String, String> fields, String field, @Nullable Instant time) {
    if (time != null) {
      fields.put(field, millis(time));
    }
  }

  private static String millis(Instant time) {
    return Long.toString(time.toEpochMilli());
  }

  private static @Nullable Instant instant(@Nullable String millis) {
    return millis == null ? null : Instant.ofEpochMilli(Long.parseLong(millis));
  }
}
