package io.tenure.segment.domain.background;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One execution in the background, as everybody can look it up.
 *
 * @param rowsRead rows read so far
 * @param rows rows to read, as the index tells
 * @param beatTime when the process that computes it last said so
 * @param result the answer as the contract writes it; null until it is there
 * @param failure why there is none; empty unless it failed
 */
public record BackgroundRun(
    String id,
    State state,
    Instant createTime,
    long rowsRead,
    long rows,
    Instant beatTime,
    byte @Nullable [] result,
    String failure) {

  /** How far it is. */
  public enum State {
    /** Being computed. */
    RUNNING,
    /** The answer is there. */
    DONE,
    /** There will be no answer. */
    FAILED,
    /** Somebody stopped it. */
    CANCELLED
  }

  /** One that has just begun. */
  static BackgroundRun begun(String id, Instant now, long rows) {
    return new BackgroundRun(id, State.RUNNING, now, 0, rows, now, null, "");
  }

  BackgroundRun beat(Instant now, long rowsReadByNow) {
    return new BackgroundRun(id, state, createTime, rowsReadByNow, rows, now, null, "");
  }

  BackgroundRun done(Instant now, long rowsReadInAll, byte[] answer) {
    return new BackgroundRun(id, State.DONE, createTime, rowsReadInAll, rows, now, answer, "");
  }

  BackgroundRun ended(State as, String why) {
    return new BackgroundRun(id, as, createTime, rowsRead, rows, beatTime, null, why);
  }
}
