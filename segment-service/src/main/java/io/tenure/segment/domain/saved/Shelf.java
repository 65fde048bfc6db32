package io.tenure.segment.domain.saved;

import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.ProjectId;
import java.util.List;
import java.util.Optional;

/** Keeps one kind of thing. Failures are those of the platform's definitions. */
public interface Shelf<T extends Draft> {

  /** As it is kept now. */
  Optional<Saved<T>> find(ProjectId project, String id);

  /** Everything, by id. */
  List<Saved<T>> list(ProjectId project);

  /** Projects that have or had one. */
  List<ProjectId> projects();

  /** Adds one; ALREADY_EXISTS when the id is taken. */
  Saved<T> create(Caller author, T draft);

  /** Replaces one; ABORTED when the etag is given and stale. */
  Saved<T> update(Caller author, T draft, String etag);

  /** Ends one. */
  void delete(Caller author, String id);
}
