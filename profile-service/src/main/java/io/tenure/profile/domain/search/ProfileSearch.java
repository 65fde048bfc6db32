package io.tenure.profile.domain.search;

import io.tenure.profile.domain.Profile;
import io.tenure.profile.domain.ProfileDirectory;
import io.tenure.profile.domain.search.ProfileIndex.Hit;
import io.tenure.profile.domain.search.ProfileIndex.Position;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Finds profiles: who, from the durable store, which can be searched; what, from the hot one, which
 * is current.
 */
public final class ProfileSearch {

  private final ProfileIndex index;
  private final ProfileDirectory directory;

  /** A search over the given stores. */
  public ProfileSearch(ProfileIndex index, ProfileDirectory directory) {
    this.index = index;
    this.directory = directory;
  }

  /** A page of profiles. */
  public Page page(Search search, Optional<Position> after, int size) {
    List<Hit> found = index.find(search, after, size + 1);
    List<Hit> hits = found.subList(0, Math.min(size, found.size()));
    Map<Long, Profile> profiles =
        directory.load(search.project(), hits.stream().map(Hit::userNumber).toList());
    return new Page(
        hits.stream().map(hit -> profiles.get(hit.userNumber())).filter(Objects::nonNull).toList(),
        found.size() > size ? Optional.of(hits.getLast().position()) : Optional.empty());
  }

  /** How many profiles there are, counted no further than a limit. */
  public long count(Search search, long limit) {
    return index.count(search, limit);
  }

  /**
   * Profiles in the order of the search.
   *
   * @param next where the next page starts; empty at the end
   */
  public record Page(List<Profile> profiles, Optional<Position> next) {}
}
