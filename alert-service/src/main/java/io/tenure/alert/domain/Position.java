package io.tenure.alert.domain;

import java.time.Instant;

/**
 * A place in a list that is sorted by time and id, newest first.
 *
 * @param time time of the last item before the place
 * @param id id of the last item before the place
 */
public record Position(Instant time, String id) {

  /** Before the newest item. */
  public static final Position START = new Position(Instant.ofEpochMilli(Long.MAX_VALUE / 2), "");
}
