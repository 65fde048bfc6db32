package io.tenure.experiment.domain;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.tenancy.ProjectId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A flag store in memory that can be away and counts how often it is listed. */
final class InMemoryFlagStore implements FlagStore {

  private final Map<String, StoredFlag> flags = new TreeMap<>();
  private int revision;
  private int lists;
  private boolean away;

  void leave() {
    away = true;
  }

  int lists() {
    return lists;
  }

  @Override
  public String version(ProjectId project) {
    answer();
    return project + "/" + revision;
  }

  @Override
  public List<StoredFlag> list(ProjectId project) {
    answer();
    lists++;
    return flags.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(project + "/"))
        .map(Map.Entry::getValue)
        .toList();
  }

  @Override
  public Optional<StoredFlag> find(ProjectId project, String key) {
    answer();
    return Optional.ofNullable(flags.get(project + "/" + key));
  }

  @Override
  public StoredFlag create(ProjectId project, Flag flag, String author) {
    if (find(project, flag.key()).isPresent()) {
      throw Failure.of(Reason.ALREADY_EXISTS, "The flag exists already");
    }
    return put(project, flag);
  }

  @Override
  public StoredFlag update(ProjectId project, Flag flag, String author, String etag) {
    StoredFlag current =
        find(project, flag.key()).orElseThrow(() -> Failure.notFound("flag", flag.key()));
    if (!etag.isEmpty() && !etag.equals(current.etag())) {
      throw Failure.of(Reason.ABORTED, "The flag was changed in between");
    }
    return put(project, flag);
  }

  @Override
  public void delete(ProjectId project, String key, String author) {
    if (find(project, key).isEmpty()) {
      throw Failure.notFound("flag", key);
    }
    flags.remove(project + "/" + key);
    revision++;
  }

  private StoredFlag put(ProjectId project, Flag flag) {
    revision++;
    StoredFlag stored =
        new StoredFlag(flag, Instant.EPOCH, Instant.EPOCH, Integer.toString(revision));
    flags.put(project + "/" + flag.key(), stored);
    return stored;
  }

  private void answer() {
    if (away) {
      throw Failure.unavailable("The store does not answer", Duration.ofSeconds(1));
    }
  }
}
