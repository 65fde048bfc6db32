package io.tenure.profile.domain.activity;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How often and when a user had an event.
 *
 * <p>Its text is {@code COUNT FIRST LAST DAY COUNTS}: numbers to the base 36, times in epoch
 * milliseconds, the latest day in epoch days, and the counts of that day and the days before it,
 * each ended by a comma unless it is the last, nothing for 0.
 *
 * @param count events ever
 * @param firstTime of the earliest
 * @param lastTime of the latest
 * @param latestDay calendar day of the latest
 * @param dayCounts of that day and the days before it, without zeros at the end
 */
public record EventTally(
    long count, Instant firstTime, Instant lastTime, LocalDate latestDay, List<Long> dayCounts) {

  private static final int RADIX = 36;

  /** Keeps its own copy. */
  public EventTally {
    dayCounts = List.copyOf(dayCounts);
  }

  static EventTally first(Instant time, LocalDate day) {
    return new EventTally(1, time, time, day, List.of(1L));
  }

  /** With one more event; days before those that are kept count to the total only. */
  EventTally plus(Instant time, LocalDate day, int keptDays) {
    Instant first = time.isBefore(firstTime) ? time : firstTime;
    Instant last = time.isAfter(lastTime) ? time : lastTime;
    long later = day.toEpochDay() - latestDay.toEpochDay();
    if (later <= -keptDays) {
      return new EventTally(count + 1, first, last, latestDay, dayCounts);
    }
    List<Long> counts = new ArrayList<>(dayCounts);
    for (long i = Math.min(later, keptDays); i > 0; i--) {
      counts.addFirst(0L);
    }
    int place = later > 0 ? 0 : (int) -later;
    while (counts.size() <= place) {
      counts.add(0L);
    }
    counts.set(place, counts.get(place) + 1);
    while (counts.size() > keptDays || counts.getLast() == 0) {
      counts.removeLast();
    }
    return new EventTally(count + 1, first, last, later > 0 ? day : latestDay, counts);
  }

  /** The events of both; days are kept as far back as either knows them. */
  EventTally with(EventTally other) {
    SortedMap<LocalDate, Long> days = days();
    other.days().forEach((day, times) -> days.merge(day, times, Long::sum));
    return new EventTally(
        count + other.count,
        firstTime.isBefore(other.firstTime) ? firstTime : other.firstTime,
        lastTime.isAfter(other.lastTime) ? lastTime : other.lastTime,
        latestDay.isAfter(other.latestDay) ? latestDay : other.latestDay,
        counts(days, latestDay.isAfter(other.latestDay) ? latestDay : other.latestDay));
  }

  /**
   * What remains without some of the events; nothing when none does. The first and last time stay,
   * as they may be of either.
   */
  Optional<EventTally> without(EventTally part) {
    SortedMap<LocalDate, Long> days = days();
    part.days()
        .forEach(
            (day, times) ->
                days.computeIfPresent(day, (same, all) -> all > times ? all - times : null));
    if (count <= part.count) {
      return Optional.empty();
    }
    LocalDate latest = days.isEmpty() ? latestDay : days.lastKey();
    return Optional.of(
        new EventTally(count - part.count, firstTime, lastTime, latest, counts(days, latest)));
  }

  private static List<Long> counts(SortedMap<LocalDate, Long> days, LocalDate latest) {
    if (days.isEmpty()) {
      return List.of(0L);
    }
    List<Long> counts = new ArrayList<>();
    for (LocalDate day = latest; !day.isBefore(days.firstKey()); day = day.minusDays(1)) {
      counts.add(days.getOrDefault(day, 0L));
    }
    return counts;
  }

  /** Counts by day, only days with the event. */
  public SortedMap<LocalDate, Long> days() {
    SortedMap<LocalDate, Long> days = new TreeMap<>();
    for (int back = 0; back < dayCounts.size(); back++) {
      if (dayCounts.get(back) > 0) {
        days.put(latestDay.minusDays(back), dayCounts.get(back));
      }
    }
    return days;
  }

  /** The events of some days, as far as they are kept. */
  public long countBetween(LocalDate firstDay, LocalDate lastDay) {
    return days().subMap(firstDay, lastDay.plusDays(1)).values().stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  String text() {
    StringBuilder text = new StringBuilder(48);
    text.append(Long.toString(count, RADIX))
        .append(' ')
        .append(Long.toString(firstTime.toEpochMilli(), RADIX))
        .append(' ')
        .append(Long.toString(lastTime.toEpochMilli(), RADIX))
        .append(' ')
        .append(Long.toString(latestDay.toEpochDay(), RADIX))
        .append(' ');
    for (int i = 0; i < dayCounts.size(); i++) {
      text.append(i == 0 ? "" : ",");
      if (dayCounts.get(i) > 0) {
        text.append(Long.toString(dayCounts.get(i), RADIX));
      }
    }
    return text.toString();
  }

  /** How many, without reading the rest. */
  static long count(String text) {
    return Long.parseLong(text, 0, text.indexOf(' '), RADIX);
  }

  /** Reads a text. */
  public static EventTally parse(String text) {
    String[] parts = text.split(" ", -1);
    List<Long> counts = new ArrayList<>();
    for (String count : parts[4].split(",", -1)) {
      counts.add(count.isEmpty() ? 0 : Long.parseLong(count, RADIX));
    }
    return new EventTally(
        Long.parseLong(parts[0], RADIX),
        Instant.ofEpochMilli(Long.parseLong(parts[1], RADIX)),
        lastTime(text),
        LocalDate.ofEpochDay(Long.parseLong(parts[3], RADIX)),
        counts);
  }

  /** The time of the latest event, without reading the rest. */
  static Instant lastTime(String text) {
    int start = text.indexOf(' ', text.indexOf(' ') + 1) + 1;
    return Instant.ofEpochMilli(Long.parseLong(text, start, text.indexOf(' ', start), RADIX));
  }
}
