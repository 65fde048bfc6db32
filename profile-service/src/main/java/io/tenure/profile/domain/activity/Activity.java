package io.tenure.profile.domain.activity;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a user did lately. The entries stay the texts they are stored as until somebody needs one: a
 * batch of events touches few of them and passes the rest on.
 *
 * @param events by name of the event, texts of {@link EventTally}
 * @param sessions the text of {@link Sessions}; empty for none
 * @param numbers by name of the trait, texts of {@link NumberHistory}
 */
public record Activity(Map<String, String> events, String sessions, Map<String, String> numbers) {

  /** Nothing yet. */
  public static final Activity NONE = new Activity(Map.of(), "", Map.of());

  /** Keeps its own copies, in the order given. */
  public Activity {
    events = Collections.unmodifiableMap(new LinkedHashMap<>(events));
    numbers = Collections.unmodifiableMap(new LinkedHashMap<>(numbers));
  }

  /** Whether nothing was forgotten of a user with so many events. */
  public boolean isComplete(long eventCount) {
    return events.values().stream().mapToLong(EventTally::count).sum() == eventCount;
  }

  /** What is known about each event. */
  public Map<String, EventTally> tallies() {
    return events.entrySet().stream()
        .collect(
            Collectors.toUnmodifiableMap(
                Map.Entry::getKey, entry -> EventTally.parse(entry.getValue())));
  }

  /** The last sessions. */
  public Sessions lastSessions() {
    return Sessions.parse(sessions);
  }

  /** How each number moved. */
  public Map<String, NumberHistory> numberHistories() {
    return numbers.entrySet().stream()
        .collect(
            Collectors.toUnmodifiableMap(
                Map.Entry::getKey, entry -> NumberHistory.parse(entry.getValue())));
  }
}
