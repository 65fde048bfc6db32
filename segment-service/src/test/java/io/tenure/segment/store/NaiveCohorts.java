package io.tenure.segment.store;

import io.tenure.segment.domain.analysis.PeriodUnit;
import io.tenure.segment.domain.analysis.Periods;
import io.tenure.segment.domain.cohort.CohortQuery;
import io.tenure.segment.domain.cohort.Cohorting;
import io.tenure.segment.domain.journey.Journey;
import io.tenure.segment.store.CohortCase.Happening;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What cohorts mean, written down without any thought of speed. */
final class NaiveCohorts {

  private NaiveCohorts() {}

  /** An event that follows a start, and how many steps after it. */
  record Followed(int part, int step, Happening event) {}

  /** A user in a cohort; parts differ by the held value. */
  record Member(long user, int cohort, String value, int parts, List<Followed> followed) {

    long events(int part, int step) {
      return followed.stream().filter(f -> f.part() == part && f.step() == step).count();
    }

    List<BigDecimal> amounts(int part, int first, int last) {
      return followed.stream()
          .filter(f -> f.part() == part && f.step() >= first && f.step() <= last)
          .map(f -> f.event().properties().get("amount"))
          .filter(text -> text != null && !text.equals("many"))
          .map(BigDecimal::new)
          .toList();
    }
  }

  static List<Member> members(CohortCase sample) {
    List<Member> members = new ArrayList<>();
    for (long user = 1; user <= 3; user++) {
      long wanted = user;
      List<Happening> own =
          sample.history().stream()
              .filter(event -> event.user() == wanted)
              .filter(
                  event ->
                      sample.query().held() == null || event.properties().containsKey("colour"))
              .sorted(Comparator.comparing(Happening::time))
              .toList();
      cohorts(sample.query(), own)
          .forEach((cohort, starts) -> members.add(member(sample, wanted, cohort, starts, own)));
    }
    return members;
  }

  private static Map<Integer, List<Happening>> cohorts(CohortQuery query, List<Happening> own) {
    Map<Integer, List<Happening>> cohorts = new TreeMap<>();
    Stream<Happening> first =
        own.stream()
            .filter(
                event ->
                    switch (query.cohorting()) {
                      case FIRST_EVER -> event.name().equals(query.start().name());
                      case FIRST_MATCHING -> starts(query, event);
                      case EVERY_PERIOD, FIRST_IN_RANGE ->
                          starts(query, event) && inRange(query, event);
                    });
    Instant firstTime = first.map(Happening::time).findFirst().orElse(Instant.MAX);
    for (Happening event : own) {
      boolean counts =
          starts(query, event)
              && inRange(query, event)
              && (query.cohorting() == Cohorting.EVERY_PERIOD || event.time().equals(firstTime));
      int period = query.unit().indexOf(event.time(), query.scope().zone());
      if (counts && period != Periods.NONE) {
        cohorts.computeIfAbsent(period - query.firstCohort(), _ -> new ArrayList<>()).add(event);
      }
    }
    return cohorts;
  }

  private static Member member(
      CohortCase sample, long user, int cohort, List<Happening> starts, List<Happening> own) {
    CohortQuery query = sample.query();
    Instant earliest = starts.getFirst().time();
    String value =
        query.values() == null
            ? ""
            : starts.stream()
                .filter(start -> start.time().equals(earliest))
                .map(start -> Journey.written(start.properties().get("colour")))
                .min(Comparator.naturalOrder())
                .orElseThrow();
    List<String> held =
        starts.stream()
            .map(start -> query.held() == null ? "" : start.properties().get("colour"))
            .distinct()
            .toList();
    List<Followed> followed = new ArrayList<>();
    for (int part = 0; part < held.size(); part++) {
      String colour = held.get(part);
      Instant anchor =
          starts.stream()
              .filter(s -> query.held() == null || colour.equals(s.properties().get("colour")))
              .findFirst()
              .orElseThrow()
              .time();
      for (Happening event : own) {
        boolean counts =
            event.name().equals(query.follow().name())
                && !event.time().isBefore(anchor)
                && (query.held() == null
                    || Objects.equals(colour, event.properties().get("colour")));
        int step = counts ? step(query, cohort, anchor, event.time()) : -1;
        if (step >= 0 && step <= query.horizon()) {
          followed.add(new Followed(part, step, event));
        }
      }
    }
    return new Member(user, cohort, value, held.size(), followed);
  }

  private static int step(CohortQuery query, int cohort, Instant anchor, Instant time) {
    if (query.rolling()) {
      Duration length =
          query.unit() == PeriodUnit.HOUR
              ? Duration.ofHours(1)
              : Duration.ofDays(query.unit() == PeriodUnit.DAY ? 1 : 7);
      return (int) Duration.between(anchor, time).dividedBy(length);
    }
    int period = query.unit().indexOf(time, query.scope().zone());
    return period == Periods.NONE ? -1 : period - query.firstCohort() - cohort;
  }

  private static boolean starts(CohortQuery query, Happening event) {
    return event.name().equals(query.start().name())
        && (query.start().filters().isEmpty() || "y".equals(event.properties().get("pass")));
  }

  private static boolean inRange(CohortQuery query, Happening event) {
    return !event.time().isBefore(query.scope().range().start())
        && event.time().isBefore(query.scope().range().end());
  }
}
