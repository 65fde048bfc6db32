package io.tenure.profile.domain;

import io.tenure.profile.domain.activity.Activity;
import io.tenure.profile.domain.activity.ActivityUnion;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Combines the profiles of two users who are one, and takes them apart again.
 *
 * <p>The survivor keeps its traits and takes those it does not have. Events add up; the first and
 * last time seen are those of both. All ids are the survivor's. Absorbing is repeatable: only what
 * the hidden profile gained since it was last absorbed is added, so records that reach it late
 * count once for the survivor too.
 */
public final class ProfileUnion {

  private ProfileUnion() {}

  /**
   * The survivor with the merged user as part of it.
   *
   * @param why merge, author, reason and time; the rest is found here
   */
  public static Profile absorb(Profile survivor, Profile merged, Why why, Instant now) {
    long number = merged.user().number();
    @Nullable Absorbed before = survivor.merging().absorbed().get(number);
    if (before != null && before.revision() >= merged.revision()) {
      return survivor;
    }
    Map<String, TraitValue> traits = new LinkedHashMap<>(survivor.traits());
    Set<String> taken = new LinkedHashSet<>(before == null ? Set.of() : before.traits());
    merged
        .traits()
        .forEach(
            (name, value) -> {
              if (!taken.contains(name) && traits.putIfAbsent(name, value) == null) {
                taken.add(name);
              }
            });
    Absorbed after =
        new Absorbed(
            why.mergeId(),
            why.author(),
            why.reason(),
            why.time(),
            merged.revision(),
            merged.eventCount(),
            taken,
            before == null ? survivor.firstSeenTime() : before.firstSeenTime(),
            before == null ? survivor.lastSeenTime() : before.lastSeenTime());
    Ids ids = Ids.of(survivor).with(gained(merged, before));
    return new Profile(
        survivor.user(),
        ids.loginId(),
        ids.devices(),
        ids.keyed(),
        traits,
        earlier(survivor.firstSeenTime(), merged.firstSeenTime()),
        later(survivor.lastSeenTime(), merged.lastSeenTime()),
        survivor.eventCount() + merged.eventCount() - (before == null ? 0 : before.eventCount()),
        before == null
            ? ActivityUnion.join(survivor.activity(), merged.activity(), taken)
            : survivor.activity(),
        now,
        survivor.watermarks(),
        survivor.releases(),
        survivor.merging().withLogins(ids.otherLogins()).with(number, after),
        survivor.revision() + 1);
  }

  /**
   * The survivor without a merged user. What changed since the merge stays: traits with another
   * value than the merged user's, new traits, events of the survivor's number.
   *
   * @param returning ids that go back
   * @param lost up to where they were the survivor's
   */
  public static Profile separate(
      Profile survivor, Profile merged, Set<Identity> returning, Set<Release> lost, Instant now) {
    long number = merged.user().number();
    @Nullable Absorbed absorbed = survivor.merging().absorbed().get(number);
    Set<Release> releases = new LinkedHashSet<>(survivor.releases());
    boolean news = releases.addAll(lost);
    if (absorbed == null && !news && returning.isEmpty()) {
      return survivor;
    }
    Ids ids = Ids.of(survivor).except(returning);
    Map<String, TraitValue> traits = new LinkedHashMap<>(survivor.traits());
    if (absorbed != null) {
      absorbed.traits().stream()
          .filter(
              name -> Optional.ofNullable(merged.traits().get(name)).equals(value(traits, name)))
          .forEach(traits::remove);
    }
    return new Profile(
        survivor.user(),
        ids.loginId(),
        ids.devices(),
        ids.keyed(),
        traits,
        absorbed == null ? survivor.firstSeenTime() : firstSeen(survivor, merged, absorbed),
        absorbed == null ? survivor.lastSeenTime() : lastSeen(survivor, merged, absorbed),
        survivor.eventCount() - (absorbed == null ? 0 : absorbed.eventCount()),
        absorbed == null
            ? survivor.activity()
            : ActivityUnion.part(survivor.activity(), merged.activity(), traits.keySet()),
        now,
        survivor.watermarks(),
        releases,
        survivor.merging().withLogins(ids.otherLogins()).without(number),
        survivor.revision() + 1);
  }

  /** The merged user, hidden behind the survivor, its ids released at the given places. */
  public static Profile hide(Profile merged, long survivor, Set<Release> releases, Instant now) {
    Set<Release> all = new LinkedHashSet<>(merged.releases());
    boolean news = all.addAll(releases);
    return !news && merged.merging().into() == survivor
        ? merged
        : with(merged, Ids.of(merged), all, merged.merging().into(survivor), now);
  }

  /** The merged user on its own again, with those of its ids that are still there. */
  public static Profile show(Profile merged, Set<Identity> ids, Instant now) {
    return merged.merging().isMerged()
        ? with(merged, Ids.of(merged).only(ids), merged.releases(), merged.merging().into(0), now)
        : merged;
  }

  /**
   * The merged user when nothing can bring it back: without traits and activity. Watermarks and ids
   * stay, for records that are read again; so do the counts the survivor's are compared with.
   */
  public static Profile strip(Profile merged, Instant now) {
    return merged.traits().isEmpty() && merged.activity().equals(Activity.NONE)
        ? merged
        : new Profile(
            merged.user(),
            merged.loginId(),
            merged.anonymousIds(),
            merged.identities(),
            Map.of(),
            merged.firstSeenTime(),
            merged.lastSeenTime(),
            merged.eventCount(),
            Activity.NONE,
            now,
            merged.watermarks(),
            merged.releases(),
            merged.merging(),
            merged.revision() + 1);
  }

  /** What a merge says about itself. */
  public record Why(String mergeId, String author, String reason, Instant time) {

    static Why of(Absorbed absorbed) {
      return new Why(absorbed.mergeId(), absorbed.author(), absorbed.reason(), absorbed.time());
    }
  }

  private static Profile with(
      Profile profile, Ids ids, Set<Release> releases, Merging merging, Instant now) {
    return new Profile(
        profile.user(),
        ids.loginId(),
        ids.devices(),
        ids.keyed(),
        profile.traits(),
        profile.firstSeenTime(),
        profile.lastSeenTime(),
        profile.eventCount(),
        profile.activity(),
        now,
        profile.watermarks(),
        releases,
        merging.withLogins(ids.otherLogins()),
        profile.revision() + 1);
  }

  /** All ids at first; later those it got without ever losing them to the survivor. */
  private static Ids gained(Profile merged, @Nullable Absorbed before) {
    Ids ids = Ids.of(merged);
    return before == null ? ids : ids.without(merged.releases());
  }

  private static Optional<TraitValue> value(Map<String, TraitValue> traits, String name) {
    return Optional.ofNullable(traits.get(name));
  }

  private static @Nullable Instant firstSeen(Profile survivor, Profile merged, Absorbed absorbed) {
    @Nullable Instant now = survivor.firstSeenTime();
    boolean merges = now != null && now.equals(merged.firstSeenTime());
    boolean left = survivor.eventCount() > absorbed.eventCount();
    return merges && (absorbed.firstSeenTime() != null || !left) ? absorbed.firstSeenTime() : now;
  }

  private static @Nullable Instant lastSeen(Profile survivor, Profile merged, Absorbed absorbed) {
    @Nullable Instant now = survivor.lastSeenTime();
    boolean merges = now != null && now.equals(merged.lastSeenTime());
    boolean left = survivor.eventCount() > absorbed.eventCount();
    return merges && (absorbed.lastSeenTime() != null || !left) ? absorbed.lastSeenTime() : now;
  }

  private static @Nullable Instant earlier(@Nullable Instant a, @Nullable Instant b) {
    return Stream.of(Optional.ofNullable(a), Optional.ofNullable(b))
        .flatMap(Optional::stream)
        .min(Instant::compareTo)
        .orElse(null);
  }

  private static @Nullable Instant later(@Nullable Instant a, @Nullable Instant b) {
    return Stream.of(Optional.ofNullable(a), Optional.ofNullable(b))
        .flatMap(Optional::stream)
        .max(Instant::compareTo)
        .orElse(null);
  }

  /** The ids of a profile, in their order; the first login is the profile's own. */
  private record Ids(Set<Identity> all) {

    static Ids of(Profile profile) {
      return new Ids(new LinkedHashSet<>(Identity.of(profile)));
    }

    Ids with(Ids others) {
      all.addAll(others.all);
      return this;
    }

    Ids without(Set<Release> releases) {
      releases.forEach(release -> all.remove(Identity.of(release)));
      return this;
    }

    Ids except(Set<Identity> ids) {
      all.removeAll(ids);
      return this;
    }

    Ids only(Set<Identity> ids) {
      all.retainAll(ids);
      return this;
    }

    String loginId() {
      List<String> logins = logins();
      return logins.isEmpty() ? "" : logins.getFirst();
    }

    List<String> otherLogins() {
      List<String> logins = logins();
      return logins.isEmpty() || !keyed().isEmpty() ? List.of() : logins.subList(1, logins.size());
    }

    List<String> devices() {
      return values(Identity::deviceId);
    }

    List<KeyedId> keyed() {
      return all.stream()
          .filter(id -> id.kind() == Release.Kind.KEYED)
          .map(id -> KeyedId.parse(id.id()))
          .toList();
    }

    private List<String> logins() {
      return values(Identity::loginId);
    }

    private List<String> values(Function<Identity, String> kind) {
      return all.stream().map(kind).filter(value -> !value.isEmpty()).toList();
    }
  }
}
