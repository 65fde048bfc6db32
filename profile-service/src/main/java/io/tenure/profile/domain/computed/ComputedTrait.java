package io.tenure.profile.domain.computed;

import io.tenure.condition.domain.EventSelector;
import io.tenure.profile.domain.habit.BusinessDays;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a trait is computed. Limits are checked by {@link ComputedTraitRules}.
 *
 * @param id id, and name of the trait
 * @param property of the events; empty for none
 * @param windowDays days before the computation; 0 for all, or for {@value #HABIT_DAYS} with habits
 * @param trendWindows windows compared by a trend, else 0
 * @param trendWindowDays length of one of them, else 0
 * @param zone where the users live
 * @param days when banks work
 * @param interval how often it is computed
 * @param paused whether it is computed on demand only
 * @param live whether it is also computed whenever a profile is read
 * @param rules who gets which value, with {@link Calculation#RULE}
 */
public record ComputedTrait(
    String id,
    String displayName,
    String description,
    EventSelector events,
    Calculation calculation,
    String property,
    int windowDays,
    int trendWindows,
    int trendWindowDays,
    ZoneId zone,
    BusinessDays days,
    Duration interval,
    boolean paused,
    boolean live,
    List<TraitRule> rules) {

  /** Days that habits look back when nothing is said: a year, and something to see its borders. */
  public static final int HABIT_DAYS = 400;

  /** Keeps its own copy; a definition from before there were rules has none. */
  public ComputedTrait {
    rules = rules == null ? List.of() : List.copyOf(rules);
  }

  /** Names of all traits it writes. */
  public List<String> traits() {
    return Stream.concat(Stream.of(id), calculation.words().stream().map(this::trait)).toList();
  }

  /** Name of a further trait. */
  String trait(String word) {
    return id + "_" + word;
  }

  /** The first instant from which events count. */
  public Instant start(Instant asOf) {
    if (live && windowDays > 0) {
      return firstDay(asOf).atStartOfDay(zone).toInstant();
    }
    if (calculation == Calculation.TREND) {
      return asOf.minus((long) trendWindows * trendWindowDays, ChronoUnit.DAYS);
    }
    int window = windowDays == 0 && calculation.needsSeries() ? HABIT_DAYS : windowDays;
    return window == 0 ? Instant.EPOCH : asOf.minus(window, ChronoUnit.DAYS);
  }

  /** The first calendar day of a window of which today is the last. */
  LocalDate firstDay(Instant asOf) {
    return LocalDate.ofInstant(asOf, zone).minusDays(windowDays - 1L);
  }
}
