package io.tenure.experiment.domain;

import io.tenure.platform.tenancy.ProjectId;
import java.util.List;
import java.util.Optional;

/** Keeps flags. Every method throws {@link io.tenure.platform.failure.Failure} when it cannot. */
public interface FlagStore {

  /** A text that changes with every change of the project's flags; empty when unknown. */
  String version(ProjectId project);

  /** All flags of a project, by key. */
  List<StoredFlag> list(ProjectId project);

  /** One flag. */
  Optional<StoredFlag> find(ProjectId project, String key);

  /** Adds a flag; ALREADY_EXISTS when the key is taken. */
  StoredFlag create(ProjectId project, Flag flag, String author);

  /** Replaces a flag; NOT_FOUND, or ABORTED when the etag is given and stale. */
  StoredFlag update(ProjectId project, Flag flag, String author, String etag);

  /** Removes a flag; NOT_FOUND. */
  void delete(ProjectId project, String key, String author);
}
