package io.tenure.profile.domain.activity;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The last sessions of a user: events with no longer gap between them than the rules allow. A late
 * event extends the session it falls into and joins two that it bridges.
 *
 * <p>Its text is {@code START LENGTH COUNT} for each, separated by semicolons, numbers to the base
 * 36, times in milliseconds.
 *
 * @param sessions the latest first
 */
public record Sessions(List<Session> sessions) {

  private static final int RADIX = 36;

  /** Keeps its own copy. */
  public Sessions {
    sessions = List.copyOf(sessions);
  }

  /**
   * A session.
   *
   * @param startTime of its first event
   * @param endTime of its last event
   * @param eventCount events in it
   */
  public record Session(Instant startTime, Instant endTime, long eventCount) {

    private boolean reaches(Instant time, Duration gap) {
      return !time.isBefore(startTime.minus(gap)) && !time.isAfter(endTime.plus(gap));
    }

    private Session with(Session other) {
      return new Session(
          startTime.isBefore(other.startTime) ? startTime : other.startTime,
          endTime.isAfter(other.endTime) ? endTime : other.endTime,
          eventCount + other.eventCount);
    }
  }

  /** With one more event; one before the oldest of a full list is left out. */
  Sessions plus(Instant time, Duration gap, int kept) {
    Session grown = new Session(time, time, 1);
    List<Session> others = new ArrayList<>(sessions.size() + 1);
    for (Session session : sessions) {
      if (session.reaches(time, gap)) {
        grown = grown.with(session);
      } else {
        others.add(session);
      }
    }
    int place = 0;
    while (place < others.size() && others.get(place).startTime().isAfter(grown.startTime())) {
      place++;
    }
    others.add(place, grown);
    return new Sessions(others.size() > kept ? others.subList(0, kept) : others);
  }

  String text() {
    StringBuilder text = new StringBuilder(20 * sessions.size());
    for (Session session : sessions) {
      text.append(text.isEmpty() ? "" : ";")
          .append(Long.toString(session.startTime().toEpochMilli(), RADIX))
          .append(' ')
          .append(
              Long.toString(
                  Duration.between(session.startTime(), session.endTime()).toMillis(), RADIX))
          .append(' ')
          .append(Long.toString(session.eventCount(), RADIX));
    }
    return text.toString();
  }

  static Sessions parse(String text) {
    List<Session> sessions = new ArrayList<>();
    if (!text.isEmpty()) {
      for (String session : text.split(";", -1)) {
        String[] parts = session.split(" ", -1);
        Instant start = Instant.ofEpochMilli(Long.parseLong(parts[0], RADIX));
        sessions.add(
            new Session(
                start,
                start.plusMillis(Long.parseLong(parts[1], RADIX)),
                Long.parseLong(parts[2], RADIX)));
      }
    }
    return new Sessions(sessions);
  }
}
