package io.tenure.segment.domain.segment;

import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.ProjectId;
import java.util.List;
import java.util.Optional;

/** Keeps the definitions of segments. Failures are those of the platform's definitions. */
public interface SegmentCatalog {

  /** The current definition. */
  Optional<SegmentDefinition> find(ProjectId project, String id);

  /** All current definitions by id. */
  List<SegmentDefinition> list(ProjectId project);

  /** Adds a segment; ALREADY_EXISTS when the id is taken. */
  SegmentDefinition create(Caller author, SegmentDraft draft);

  /** Replaces a segment; ABORTED when the etag is given and stale. */
  SegmentDefinition update(Caller author, SegmentDraft draft, String etag);

  /** Ends a segment. */
  void delete(Caller author, String id);

  /** Projects that have or had a segment. */
  List<ProjectId> projects();
}
