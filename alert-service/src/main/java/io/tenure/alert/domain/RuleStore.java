package io.tenure.alert.domain;

import io.tenure.platform.tenancy.ProjectId;

/** Keeps the rules. */
public interface RuleStore extends Rules {

  /** Adds a rule; fails with ALREADY_EXISTS when the id is taken. */
  Recorded<Rule> create(ProjectId project, Rule rule, String author);

  /** Replaces a rule; fails with NOT_FOUND, or with ABORTED when the etag is given and stale. */
  Recorded<Rule> update(ProjectId project, Rule rule, String author, String etag);

  /** Ends a rule; fails with NOT_FOUND. */
  void delete(ProjectId project, String id, String author);
}
