package io.tenure.segment.domain.segment;

import java.time.Instant;

/**
 * A segment as defined by its latest revision.
 *
 * @param revision 1 for the first; grows for good, also over a deletion
 */
public record SegmentDefinition(
    SegmentDraft draft, long revision, String etag, Instant createTime, Instant updateTime) {

  /** The id. */
  public String id() {
    return draft.id();
  }
}
