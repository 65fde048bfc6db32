package io.tenure.profile.domain.timeline;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.Profile;
import io.tenure.profile.domain.ProfileDirectory;
import io.tenure.profile.domain.merge.MergedUsers;
import io.tenure.profile.domain.timeline.PastEvent.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The events of one user, newest first. The profile knows when the user was first and last seen, so
 * the search begins where events are, and goes back in spans that grow: the latest page costs a
 * look at one day, however long the history is.
 */
public final class Timeline {

  private static final List<Duration> SPANS =
      List.of(
          Duration.ofDays(1),
          Duration.ofDays(7),
          Duration.ofDays(30),
          Duration.ofDays(120),
          Duration.ofDays(480));

  private final ProfileDirectory directory;
  private final EventHistory events;
  private final MergedUsers merged;

  /** Timelines from the given stores. */
  public Timeline(ProfileDirectory directory, EventHistory events) {
    this.directory = directory;
    this.events = events;
    this.merged = new MergedUsers(directory);
  }

  /**
   * A page of events.
   *
   * @param names only events of these names; empty for all
   * @param after the place of the last event before; empty to start
   * @throws Failure NOT_FOUND when nobody has the id
   */
  public Page page(
      ProjectId project,
      String id,
      Set<String> names,
      TimeSpan span,
      Optional<Place> after,
      int size) {
    Profile profile =
        directory.find(project, List.of(id)).stream()
            .flatMap(Optional::stream)
            .findFirst()
            .orElseThrow(() -> Failure.notFound("profile", id));
    List<Long> users = merged.numbers(project, profile.user().number());
    List<PastEvent> found = new ArrayList<>();
    TimeSpan rest = span.within(active(profile)).within(upTo(after));
    for (int step = 0; found.size() <= size && !rest.isEmpty(); step++) {
      TimeSpan part = step < SPANS.size() ? rest.last(SPANS.get(step)) : rest;
      found.addAll(events.read(project, users, names, part, after, size + 1 - found.size()));
      rest = rest.before(part);
    }
    List<PastEvent> page = found.subList(0, Math.min(size, found.size()));
    return new Page(
        page, found.size() > size ? Optional.of(page.getLast().place()) : Optional.empty());
  }

  /** An event reaches the profile before it reaches the store, so none lies outside. */
  private static TimeSpan active(Profile profile) {
    @Nullable Instant first = profile.firstSeenTime();
    @Nullable Instant last = profile.lastSeenTime();
    return first == null || last == null
        ? new TimeSpan(Instant.EPOCH, Instant.EPOCH)
        : new TimeSpan(first, last.plusMillis(1));
  }

  /** Events of the same instant may still come after the place. */
  private static TimeSpan upTo(Optional<Place> after) {
    return after
        .map(place -> new TimeSpan(Instant.EPOCH, place.time().plusMillis(1)))
        .orElse(TimeSpan.ALWAYS);
  }

  /**
   * Events, newest first.
   *
   * @param next where the next page starts; empty at the end
   */
  public record Page(List<PastEvent> events, Optional<Place> next) {}
}
