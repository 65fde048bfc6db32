package io.tenure.alert.domain;

import io.tenure.platform.tenancy.ProjectId;
import java.util.List;
import java.util.Optional;

/** Keeps the receivers. */
public interface Receivers {

  /** Adds a receiver; fails with ALREADY_EXISTS when the id is taken. */
  Recorded<Receiver> create(ProjectId project, Receiver receiver, String author);

  /** A receiver. */
  Optional<Recorded<Receiver>> find(ProjectId project, String id);

  /** All receivers by id. */
  List<Recorded<Receiver>> list(ProjectId project);

  /** Ends a receiver; fails with NOT_FOUND. */
  void delete(ProjectId project, String id, String author);
}
