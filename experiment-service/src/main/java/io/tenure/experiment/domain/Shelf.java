package io.tenure.experiment.domain;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.ProjectId;
import java.util.List;
import java.util.Optional;

/**
 * Keeps what people define of one kind, with every revision. All of it throws {@link
 * io.tenure.platform.failure.Failure} when the store cannot.
 */
public interface Shelf<T extends Keyed> {

  /** A text that changes with every change in the project; empty when unknown. */
  String version(ProjectId project);

  /** Everything of a project, by key. */
  List<Stored<T>> list(ProjectId project);

  /** One of them. */
  Optional<Stored<T>> find(ProjectId project, String key);

  /** Adds one; ALREADY_EXISTS when the key is taken. */
  Stored<T> create(Caller author, T content);

  /** Replaces one; NOT_FOUND, or ABORTED when the etag is given and stale. */
  Stored<T> update(Caller author, T content, String etag);

  /** Ends one; NOT_FOUND. */
  void delete(Caller author, String key);

  /** What is kept, in words: "flag". */
  String kind();

  /**
   * One of them.
   *
   * @throws Failure NOT_FOUND
   */
  default Stored<T> get(ProjectId project, String key) {
    return find(project, key).orElseThrow(() -> Failure.notFound(kind(), key));
  }

  /** Up to so many with a key after another, by key. */
  default List<Stored<T>> page(ProjectId project, String after, int limit) {
    return list(project).stream()
        .filter(stored -> stored.content().key().compareTo(after) > 0)
        .limit(limit)
        .toList();
  }
}
