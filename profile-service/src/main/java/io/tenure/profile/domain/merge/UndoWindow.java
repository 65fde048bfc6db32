package io.tenure.profile.domain.merge;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long a merge can be undone: mistakes are found in days, and to be undoable for ever costs
 * every query a look at every merge there ever was.
 */
public record UndoWindow(Duration length) {

  /** Until when a merge can be undone for sure; empty when it can't be undone now. */
  public Optional<Instant> expireTime(Merge merge) {
    return merge.state() == Merge.State.MERGED
        ? Optional.of(merge.updateTime().plus(length))
        : Optional.empty();
  }

  /** What was merged until then is to become final. */
  public Instant horizon(Instant now) {
    return now.minus(length);
  }
}
