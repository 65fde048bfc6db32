package io.tenure.profile.domain.activity;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A user's activity while the records of one batch are applied to it. */
public final class ActivityDraft {

  private final ActivityRules rules;
  private final Map<String, String> events;
  private final Map<String, String> numbers;
  private Sessions sessions;

  /** A draft that begins with what is known. */
  public ActivityDraft(Activity before, ActivityRules rules) {
    this.rules = rules;
    this.events = new LinkedHashMap<>(before.events());
    this.numbers = new LinkedHashMap<>(before.numbers());
    this.sessions = before.lastSessions();
  }

  /** The user had an event. */
  public void see(String event, Instant time) {
    LocalDate day = rules.day(time);
    String known = events.get(event);
    EventTally tally =
        known == null
            ? EventTally.first(time, day)
            : EventTally.parse(known).plus(time, day, rules.days());
    events.put(event, tally.text());
    if (events.size() > rules.eventNames()) {
      events.remove(oldest(events, EventTally::lastTime));
    }
    sessions = sessions.plus(time, rules.sessionGap(), rules.sessions());
  }

  /** A trait has this number now; one too long to keep ends what is known. */
  public void number(String trait, BigDecimal number, Instant time) {
    if (!NumberHistory.keeps(number)) {
      numbers.remove(trait);
      return;
    }
    LocalDate day = rules.day(time);
    NumberHistory known =
        Optional.ofNullable(numbers.get(trait))
            .map(NumberHistory::parse)
            .orElse(NumberHistory.EMPTY);
    numbers.put(trait, known.plus(day, number, rules.points()).text());
    if (numbers.size() > rules.numbers()) {
      numbers.remove(oldest(numbers, NumberHistory::latestDay));
    }
  }

  /** A trait is no number any more. */
  public void forget(String trait) {
    numbers.remove(trait);
  }

  /** No trait is left. */
  public void forgetAll() {
    numbers.clear();
  }

  /** The activity after all records. */
  public Activity finish() {
    return new Activity(events, sessions.text(), numbers);
  }

  /** Of those unchanged for the longest time the one whose name comes last. */
  private static <T extends Comparable<? super T>> String oldest(
      Map<String, String> entries, Function<String, T> time) {
    return entries.entrySet().stream()
        .min(
            Comparator.comparing((Map.Entry<String, String> entry) -> time.apply(entry.getValue()))
                .thenComparing(Map.Entry::getKey, Comparator.reverseOrder()))
        .orElseThrow()
        .getKey();
  }
}
