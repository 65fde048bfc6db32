package io.tenure.profile.domain.erasure;

import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.GoneUsers.Gone;
import io.tenure.profile.domain.Identifiers;
import io.tenure.profile.domain.KeyedId;
import io.tenure.profile.domain.Profile;
import io.tenure.profile.domain.Release;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tombstones of one project, and how they recognise somebody. */
public final class Stones implements Gone {

  private static final long TO_THE_END = -1;

  private final ProjectId project;
  private final PersonHash hash;
  private final Map<String, Stone> stones = new HashMap<>();

  /** Of a project. */
  public Stones(ProjectId project, PersonHash hash, Collection<Stone> all) {
    this.project = project;
    this.hash = hash;
    all.forEach(stone -> stones.merge(stone.hash(), stone, Stones::further));
  }

  /** Whether nobody was ever erased. */
  public boolean isEmpty() {
    return stones.isEmpty();
  }

  /** The highest number any of them knows; 0 for none. */
  @Override
  public long highestNumber() {
    return stones.values().stream().mapToLong(Stone::highestNumber).max().orElse(0);
  }

  /** Whether a number is an erased person's. */
  @Override
  public boolean covers(long number) {
    return of(number).isPresent();
  }

  /** The tombstone of an erased person's number. */
  Optional<Stone> of(long number) {
    return isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(stones.get(hash.of(project, "number " + number)));
  }

  /**
   * Whether a record with a login id or device id is an erased person's.
   *
   * @param time of the record: when it happened or reached us, whatever is earlier
   */
  boolean covers(Release.Kind kind, String id, String logId, long offset, Instant time) {
    if (id.isEmpty()) {
      return false;
    }
    Stone stone = stones.get(hash.of(project, name(kind, id)));
    if (stone != null && !time.isAfter(stone.time())) {
      return true;
    }
    Stone left = stones.get(hash.of(project, place(logId, kind, id)));
    return left != null && offset <= left.offset();
  }

  boolean coversAny(Identifiers ids, String logId, long offset, Instant time) {
    for (KeyedId id : ids.keyed()) {
      if (covers(Release.Kind.KEYED, id.text(), logId, offset, time)) {
        return true;
      }
    }
    if (coversKeyed(KeyedId.LOGIN, ids.loginId(), logId, offset, time)
        || coversKeyed(KeyedId.ANONYMOUS, ids.anonymousId(), logId, offset, time)) {
      return true;
    }
    return covers(Release.Kind.LOGIN, ids.loginId(), logId, offset, time)
        || covers(Release.Kind.DEVICE, ids.anonymousId(), logId, offset, time);
  }

  private boolean coversKeyed(String key, String id, String logId, long offset, Instant time) {
    return !id.isEmpty()
        && covers(Release.Kind.KEYED, new KeyedId(key, id).text(), logId, offset, time);
  }

  /** The tombstones of a person whose profiles these are. */
  static List<Stone> cut(
      PersonHash hash, Erasure erasure, Collection<Profile> profiles, long highestNumber) {
    List<Stone> stones = new ArrayList<>();
    ProjectId project = erasure.project();
    erasure
        .userNumbers()
        .forEach(number -> stones.add(stone(hash, erasure, "number " + number, highestNumber)));
    for (Profile profile : profiles) {
      List<String> logins = new ArrayList<>(profile.merging().otherLoginIds());
      logins.add(profile.loginId());
      logins.removeIf(String::isEmpty);
      for (String login : logins) {
        stones.add(stone(hash, erasure, name(Release.Kind.LOGIN, login), highestNumber));
        KeyedId keyed = new KeyedId(KeyedId.LOGIN, login);
        stones.add(stone(hash, erasure, name(Release.Kind.KEYED, keyed.text()), highestNumber));
      }
      for (String device : profile.anonymousIds()) {
        stones.add(stone(hash, erasure, name(Release.Kind.DEVICE, device), highestNumber));
        KeyedId keyed = new KeyedId(KeyedId.ANONYMOUS, device);
        stones.add(stone(hash, erasure, name(Release.Kind.KEYED, keyed.text()), highestNumber));
      }
      for (KeyedId id : profile.identities()) {
        stones.add(stone(hash, erasure, name(Release.Kind.KEYED, id.text()), highestNumber));
      }
      for (Release release : profile.releases()) {
        stones.add(
            new Stone(
                hash.of(project, place(release.logId(), release.kind(), release.id())),
                release.offset(),
                erasure.createTime(),
                erasure.id(),
                highestNumber));
      }
    }
    return stones;
  }

  private static Stone stone(PersonHash hash, Erasure erasure, String name, long highestNumber) {
    return new Stone(
        hash.of(erasure.project(), name),
        TO_THE_END,
        erasure.createTime(),
        erasure.id(),
        highestNumber);
  }

  private static String name(Release.Kind kind, String id) {
    return kind + " " + id;
  }

  private static String place(String logId, Release.Kind kind, String id) {
    return "left " + logId + " " + name(kind, id);
  }

  private static Stone further(Stone one, Stone other) {
    boolean later =
        one.offset() == TO_THE_END
            ? other.time().isAfter(one.time())
            : other.offset() > one.offset();
    return later ? other : one;
  }
}
