package io.tenure.gateway.domain;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.tenancy.ProjectId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The directory as every request needs it: in memory. It asks for the directory's version every few
 * seconds, so a revoked key stops working within that time everywhere; while the stores are down it
 * keeps answering from what it knows, because ingest must not stop for them.
 */
public final class Register {

  /** Longest time until a change made elsewhere is seen. */
  public static final Duration FRESHNESS = Duration.ofSeconds(5);

  private static final Duration IMPATIENCE = Duration.ofSeconds(1);

  private final Directory directory;
  private final Clock clock;
  private volatile View view;

  /** A register that loads the directory on first use. */
  public Register(Directory directory, Clock clock) {
    this.directory = directory;
    this.clock = clock;
    this.view = new View("", Instant.MIN, Map.of(), Map.of(), Map.of(), Map.of());
  }

  /** The working key of a text. */
  public Optional<AccessKey> key(String text) {
    String fingerprint = KeyText.fingerprint(text);
    AccessKey known = upTo(FRESHNESS).keys().get(fingerprint);
    if (known == null) {
      // Perhaps another gateway made it just now.
      known = upTo(IMPATIENCE).keys().get(fingerprint);
    }
    return Optional.ofNullable(known).filter(AccessKey::works);
  }

  /** The working key of a {@link AccessKey#watchName}. */
  public Optional<AccessKey> watcher(String watchName) {
    return Optional.ofNullable(upTo(FRESHNESS).watchers().get(watchName)).filter(AccessKey::works);
  }

  /** The keys of a project, newest first. */
  public List<AccessKey> keys(ProjectId project) {
    return upTo(Duration.ZERO).keys().values().stream()
        .filter(key -> key.project().equals(project))
        .sorted((one, other) -> other.createTime().compareTo(one.createTime()))
        .toList();
  }

  /** The key whose text was this, revoked or not. */
  public Optional<AccessKey> trace(String text) {
    return Optional.ofNullable(upTo(Duration.ZERO).keys().get(KeyText.fingerprint(text)));
  }

  /** The person of a name. */
  public Optional<Person> person(String username) {
    return Optional.ofNullable(upTo(FRESHNESS).people().get(username));
  }

  /** All projects, oldest first. */
  public List<Project> projects() {
    return upTo(FRESHNESS).projects().values().stream()
        .sorted((one, other) -> one.createTime().compareTo(other.createTime()))
        .toList();
  }

  /** Forgets what it knows after a change made here. */
  public void refresh() {
    View known = view;
    view = known.at("", Instant.MIN);
  }

  private View upTo(Duration age) {
    View known = view;
    if (isFresh(known, age)) {
      return known;
    }
    synchronized (this) {
      known = view;
      if (isFresh(known, age)) {
        return known;
      }
      View next = reload(known);
      view = next;
      return next;
    }
  }

  private boolean isFresh(View known, Duration age) {
    return !known.time().equals(Instant.MIN)
        && clock.instant().isBefore(known.time().plus(age).plusMillis(1));
  }

  private View reload(View known) {
    Instant now = clock.instant();
    try {
      String version = directory.version();
      if (!version.isEmpty() && version.equals(known.version())) {
        return known.at(version, now);
      }
      Directory.Content content = directory.load();
      // A version read before the content can only be too old, which costs one more reload.
      return View.of(version, now, content);
    } catch (Failure outage) {
      if (known.people().isEmpty()) {
        throw outage;
      }
      return known.at(known.version(), now);
    }
  }

  private record View(
      String version,
      Instant time,
      Map<String, Person> people,
      Map<ProjectId, Project> projects,
      Map<String, AccessKey> keys,
      Map<String, AccessKey> watchers) {

    View at(String newVersion, Instant newTime) {
      return new View(newVersion, newTime, people, projects, keys, watchers);
    }

    static View of(String version, Instant time, Directory.Content content) {
      Map<String, Person> people = new HashMap<>();
      content.people().forEach(person -> people.put(person.username(), person));
      Map<ProjectId, Project> projects = new HashMap<>();
      content.projects().forEach(project -> projects.put(project.id(), project));
      Map<String, AccessKey> keys = new HashMap<>();
      content.keys().forEach(key -> keys.put(key.fingerprint(), key));
      Map<String, AccessKey> watchers = new HashMap<>();
      content.keys().forEach(key -> watchers.put(key.watchName(), key));
      return new View(
          version,
          time,
          Map.copyOf(people),
          Map.copyOf(projects),
          Map.copyOf(keys),
          Map.copyOf(watchers));
    }
  }
}
