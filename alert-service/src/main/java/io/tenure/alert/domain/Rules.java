package io.tenure.alert.domain;

import io.tenure.platform.tenancy.ProjectId;
import java.util.List;
import java.util.Optional;

/** Keeps the rules. */
public interface Rules {

  /** Adds a rule; fails with ALREADY_EXISTS when the id is taken. */
  Recorded<Rule> create(ProjectId project, Rule rule, String author);

  /** The current state of a rule. */
  Optional<Recorded<Rule>> find(ProjectId project, String id);

  /** All rules by id. */
  List<Recorded<Rule>> list(ProjectId project);

  /** Replaces a rule; fails with NOT_FOUND, or with ABORTED when the etag is given and stale. */
  Recorded<Rule> update(ProjectId project, Rule rule, String author, String etag);

  /** Ends a rule; fails with NOT_FOUND. */
  void delete(ProjectId project, String id, String author);

  /** Projects that have or had rules. */
  List<ProjectId> projects();
}
