package io.tenure.segment.domain.path;

import io.tenure.segment.domain.tally.Samples;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Counts what passes one node or edge: paths come by session and user, so the last ones suffice.
 */
final class Passage {

  private final Samples dwells = new Samples();
  private long paths;
  private long sessions;
  private long users;
  private long stopped;
  private long goingOn;
  private long lastUser = -1;
  private int lastSession;
  private boolean goesOn;

  /** A path of a session of a user; users are numbered from 0 in the order they come. */
  void pass(long user, int session, boolean on) {
    paths++;
    if (user != lastUser) {
      users++;
      sessions++;
      goesOn = false;
    } else if (session != lastSession) {
      sessions++;
    }
    lastUser = user;
    lastSession = session;
    stopped += on ? 0 : 1;
    goingOn += on && !goesOn ? 1 : 0;
    goesOn |= on;
  }

  void dwell(long millis) {
    dwells.add(0, millis);
  }

  long paths() {
    return paths;
  }

  PathMap.Count count() {
    return new PathMap.Count(paths, sessions, users);
  }

  long stopped() {
    return stopped;
  }

  long lostUsers() {
    return users - goingOn;
  }

  @Nullable Duration medianDwell() {
    return dwells.median();
  }

  boolean has(long user) {
    return lastUser == user;
  }

  boolean lost(long user) {
    return lastUser == user && !goesOn;
  }
}
