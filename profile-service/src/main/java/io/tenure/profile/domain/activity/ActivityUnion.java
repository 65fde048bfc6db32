package io.tenure.profile.domain.activity;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Adds up what two users did who are one, and takes it apart again. */
public final class ActivityUnion {

  private ActivityUnion() {}

  /**
   * Events of both by day. Sessions stay the first one's unless it has none: those of two people's
   * devices would overlap.
   *
   * @param taken traits that are the other's, whose numbers come with them
   */
  public static Activity join(Activity one, Activity other, Set<String> taken) {
    Map<String, String> events = new LinkedHashMap<>(one.events());
    other
        .events()
        .forEach(
            (name, tally) ->
                events.merge(
                    name,
                    tally,
                    (mine, theirs) ->
                        EventTally.parse(mine).with(EventTally.parse(theirs)).text()));
    Map<String, String> numbers = new LinkedHashMap<>(one.numbers());
    other
        .numbers()
        .forEach(
            (name, history) -> {
              if (taken.contains(name)) {
                numbers.put(name, history);
              }
            });
    return new Activity(
        events, one.sessions().isEmpty() ? other.sessions() : one.sessions(), numbers);
  }

  /**
   * What remains when a part is taken away.
   *
   * @param traits the traits that remain; numbers of others go
   */
  public static Activity part(Activity whole, Activity away, Set<String> traits) {
    Map<String, String> events = new LinkedHashMap<>();
    whole
        .events()
        .forEach(
            (name, text) -> {
              String gone = away.events().get(name);
              if (gone == null) {
                events.put(name, text);
              } else {
                EventTally.parse(text)
                    .without(EventTally.parse(gone))
                    .ifPresent(tally -> events.put(name, tally.text()));
              }
            });
    Map<String, String> numbers = new LinkedHashMap<>(whole.numbers());
    numbers.keySet().retainAll(traits);
    return new Activity(
        events, whole.sessions().equals(away.sessions()) ? "" : whole.sessions(), numbers);
  }
}
