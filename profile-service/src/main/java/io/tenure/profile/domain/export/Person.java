package io.tenure.profile.domain.export;

import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.KeyedId;
import io.tenure.profile.domain.Profile;
import io.tenure.profile.domain.Release;
import io.tenure.profile.domain.visibility.Visibility;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Who asks what is kept about them.
 *
 * @param profiles the profile and those of users who were merged into it
 * @param numbers all numbers of theirs, the present one first
 * @param askTime what comes in later is not in the document
 * @param visibility which traits and properties may be handed out
 */
public record Person(
    ProjectId project,
    List<Profile> profiles,
    List<Long> numbers,
    Instant askTime,
    Visibility visibility) {

  /** Takes copies. */
  public Person {
    profiles = List.copyOf(profiles);
    numbers = List.copyOf(numbers);
  }

  /** All ids the person has, without their keys. */
  public Set<String> ids() {
    Set<String> ids = new LinkedHashSet<>();
    profiles.forEach(profile -> ids.addAll(profile.ids()));
    return ids;
  }

  /** All ids the person has or had, as decisions name them: keyed ones as {@code KEY:VALUE}. */
  Set<String> everHad() {
    Set<String> ids = new LinkedHashSet<>(ids());
    for (Profile profile : profiles) {
      profile.identities().stream().map(KeyedId::text).forEach(ids::add);
      profile.releases().stream().map(Release::id).forEach(ids::add);
      // By ID_MAPPING the decisions know both by their keys.
      withKey(KeyedId.LOGIN, List.of(profile.loginId()), ids);
      withKey(KeyedId.LOGIN, profile.merging().otherLoginIds(), ids);
      withKey(KeyedId.ANONYMOUS, profile.anonymousIds(), ids);
    }
    return ids;
  }

  private static void withKey(String key, Collection<String> values, Set<String> ids) {
    values.stream()
        .filter(value -> !value.isEmpty())
        .map(value -> new KeyedId(key, value).text())
        .forEach(ids::add);
  }
}
