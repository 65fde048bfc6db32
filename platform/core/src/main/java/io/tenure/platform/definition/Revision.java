package io.tenure.platform.definition;

import java.time.Instant;

/**
 * One state of something people define. Revisions are only ever added, so the list of them is the
 * audit trail.
 *
 * @param id the thing, unique in its project and kind
 * @param number 1 for the first revision
 * @param body the definition as JSON text
 * @param author who made it
 * @param createTime when the first revision was made
 * @param updateTime when this revision was made
 */
public record Revision(
    String id, long number, String body, String author, Instant createTime, Instant updateTime) {

  /** Text that changes with every revision. */
  public String etag() {
    return Long.toString(number);
  }
}
