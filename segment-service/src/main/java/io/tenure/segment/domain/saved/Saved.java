package io.tenure.segment.domain.saved;

import java.time.Instant;

/**
 * Something kept, as its latest revision says.
 *
 * @param etag changes with every revision
 */
public record Saved<T extends Draft>(T draft, String etag, Instant createTime, Instant updateTime) {

  /** The id. */
  public String id() {
    return draft.heading().id();
  }
}
