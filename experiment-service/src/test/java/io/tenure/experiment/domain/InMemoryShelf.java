package io.tenure.experiment.domain;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.ProjectId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A shelf in memory that can be away and counts how often it is listed. */
public final class InMemoryShelf<T extends Keyed> implements Shelf<T> {

  private final Map<String, Stored<T>> things = new TreeMap<>();
  private final Clock clock = Clock.systemUTC();
  private int revision;
  private int lists;
  private boolean away;

  /** Answers no more. */
  public void leave() {
    away = true;
  }

  /** How often it was listed. */
  public int lists() {
    return lists;
  }

  @Override
  public String version(ProjectId project) {
    answer();
    return project + "/" + revision;
  }

  @Override
  public List<Stored<T>> list(ProjectId project) {
    answer();
    lists++;
    return things.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(project + "/"))
        .map(Map.Entry::getValue)
        .toList();
  }

  @Override
  public Optional<Stored<T>> find(ProjectId project, String key) {
    answer();
    return Optional.ofNullable(things.get(project + "/" + key));
  }

  @Override
  public Stored<T> create(Caller author, T content) {
    if (find(author.project(), content.key()).isPresent()) {
      throw Failure.of(Reason.ALREADY_EXISTS, "It exists already");
    }
    return put(author.project(), content, clock.instant());
  }

  @Override
  public Stored<T> update(Caller author, T content, String etag) {
    Stored<T> current = get(author.project(), content.key());
    if (!etag.isEmpty() && !etag.equals(current.etag())) {
      throw Failure.of(Reason.ABORTED, "It was changed in between");
    }
    return put(author.project(), content, current.createTime());
  }

  @Override
  public void delete(Caller author, String key) {
    get(author.project(), key);
    things.remove(author.project() + "/" + key);
    revision++;
  }

  @Override
  public String kind() {
    return "thing";
  }

  private Stored<T> put(ProjectId project, T content, Instant created) {
    revision++;
    Stored<T> stored = new Stored<>(content, created, clock.instant(), Integer.toString(revision));
    things.put(project + "/" + content.key(), stored);
    return stored;
  }

  private void answer() {
    if (away) {
      throw Failure.unavailable("The store does not answer", Duration.ofSeconds(1));
    }
  }
}
