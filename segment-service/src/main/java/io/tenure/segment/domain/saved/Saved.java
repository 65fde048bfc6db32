package io.tenure.segment.domain.saved;

import java.time.Instant;

/**
 * Something kept, as its latest revision says.
 *
 * @param revision 1 for the first; grows for good, also over a deletion
 * @param etag changes with every revision
 */
public record Saved<T extends Draft>(
    T draft, long revision, String etag, Instant createTime, Instant updateTime) {

  /** The id. */
  public String id() {
    return draft.heading().id();
  }
}
