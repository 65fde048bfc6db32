package io.tenure.profile.domain;

import io.tenure.profile.domain.activity.Activity;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known about one user, together with how far each log has been applied to it; both always
 * travel together, which is what makes a repeated batch harmless.
 *
 * @param user whose
 * @param loginId login id; empty while anonymous
 * @param anonymousIds device ids, oldest first
 * @param identities by the plan ID_MAPPING every id, the first to join first; login id and device
 *     ids then only show some of them
 * @param traits by name
 * @param firstSeenTime device time of the earliest event; null before the first
 * @param lastSeenTime device time of the latest event; null before the first
 * @param eventCount events applied
 * @param activity what the user did lately
 * @param updateTime when the profile last changed
 * @param watermarks offset of the last applied record, by log id
 * @param releases ids that were taken from the user
 * @param merging how the user is joined with others
 * @param revision counts the changes of this profile, from 1
 */
public record Profile(
    UserKey user,
    String loginId,
    List<String> anonymousIds,
    List<KeyedId> identities,
    Map<String, TraitValue> traits,
    @Nullable Instant firstSeenTime,
    @Nullable Instant lastSeenTime,
    long eventCount,
    Activity activity,
    Instant updateTime,
    Map<String, Long> watermarks,
    Set<Release> releases,
    Merging merging,
    long revision) {

  /** Keeps its own copies, in the order given. */
  public Profile {
    anonymousIds = List.copyOf(anonymousIds);
    identities = List.copyOf(identities);
    traits = Collections.unmodifiableMap(new LinkedHashMap<>(traits));
    watermarks = Map.copyOf(watermarks);
    releases = Set.copyOf(releases);
  }

  /** The same with other traits. */
  public Profile withTraits(Map<String, TraitValue> other) {
    return with(other, activity.numbers());
  }

  /** All ids the user has, as records carry them: without their kind or key. */
  public Set<String> ids() {
    Set<String> ids = new LinkedHashSet<>();
    if (!loginId.isEmpty()) {
      ids.add(loginId);
    }
    ids.addAll(merging.otherLoginIds());
    ids.addAll(anonymousIds);
    identities.forEach(id -> ids.add(id.value()));
    return ids;
  }

  /** Nothing known yet. */
  public static Profile blank(UserKey user) {
    return new Profile(
        user,
        "",
        List.of(),
        List.of(),
        Map.of(),
        null,
        null,
        0,
        Activity.NONE,
        Instant.EPOCH,
        Map.of(),
        Set.of(),
        Merging.NONE,
        0);
  }

  /** The same as a later revision. */
  Profile withRevision(long later) {
    return new Profile(
        user,
        loginId,
        anonymousIds,
        identities,
        traits,
        firstSeenTime,
        lastSeenTime,
        eventCount,
        activity,
        updateTime,
        watermarks,
        releases,
        merging,
        later);
  }

  /** The same with other texts of traits and of how numbers moved. */
  public Profile with(Map<String, TraitValue> otherTraits, Map<String, String> otherNumbers) {
    return new Profile(
        user,
        loginId,
        anonymousIds,
        identities,
        otherTraits,
        firstSeenTime,
        lastSeenTime,
        eventCount,
        new Activity(activity.events(), activity.sessions(), otherNumbers),
        updateTime,
        watermarks,
        releases,
        merging,
        revision);
  }
}
