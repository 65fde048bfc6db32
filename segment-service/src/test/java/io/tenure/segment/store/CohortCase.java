package io.tenure.segment.store;

import io.tenure.condition.domain.Comparison;
import io.tenure.condition.domain.EventSelector;
import io.tenure.condition.domain.Operator;
import io.tenure.condition.domain.PropertyFilter;
import io.tenure.condition.domain.TimeRange;
import io.tenure.condition.domain.Value;
import io.tenure.segment.Bank;
import io.tenure.segment.domain.analysis.ClosedDays;
import io.tenure.segment.domain.analysis.OpenDayPeriods;
import io.tenure.segment.domain.analysis.PeriodUnit;
import io.tenure.segment.domain.analysis.Periods;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.calendar.OpenDays;
import io.tenure.segment.domain.calendar.ShippedCalendars;
import io.tenure.segment.domain.cohort.CohortQuery;
import io.tenure.segment.domain.cohort.Cohorting;
import io.tenure.segment.domain.cohort.StartValues;
import io.tenure.segment.domain.journey.Column;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** A small random history and a question about it, for models that follow cohorts. */
record CohortCase(List<Happening> history, CohortQuery query) {

  private static final List<ZoneId> ZONES =
      List.of(ZoneId.of("Europe/Berlin"), ZoneId.of("Asia/Shanghai"), ZoneId.of("UTC"));
  private static final OpenDays DAYS =
      new OpenDays(Objects.requireNonNull(new ShippedCalendars().all().get("weekdays")));
  private static final List<Periods> UNITS =
      List.of(
          PeriodUnit.DAY,
          PeriodUnit.HOUR,
          PeriodUnit.WEEK,
          PeriodUnit.WEEK_FROM_SUNDAY,
          new OpenDayPeriods(DAYS, ClosedDays.NEXT_OPEN_DAY),
          new OpenDayPeriods(DAYS, ClosedDays.LEFT_OUT));
  private static final LocalDate FIRST = LocalDate.parse("2026-03-23");

  /** One event; a duplicate is stored twice under one key. */
  record Happening(
      long user, String name, Instant time, Map<String, String> properties, boolean duplicate) {}

  /**
   * @param id tells the events of this case from those of all others
   */
  static CohortCase random(RandomGenerator random, String id, boolean firstOnly) {
    ZoneId zone = ZONES.get(random.nextInt(ZONES.size()));
    Periods unit = UNITS.get(random.nextInt(UNITS.size()));
    boolean hours = unit == PeriodUnit.HOUR;
    Instant origin = FIRST.atStartOfDay(zone).toInstant();
    String start = "start-" + id;
    String follow = random.nextInt(4) == 0 ? start : "follow-" + id;
    List<Happening> history = new ArrayList<>();
    int events = random.nextInt(22);
    for (int event = 0; event < events; event++) {
      long minutes = (long) random.nextInt(hours ? 12 : 14 * 24) * 60 + random.nextInt(3) * 20L;
      history.add(
          new Happening(
              1 + random.nextInt(3),
              random.nextBoolean() ? start : follow,
              origin.plusSeconds(minutes * 60),
              properties(random),
              random.nextInt(6) == 0));
    }
    EventSelector starts =
        random.nextBoolean()
            ? EventSelector.named(start)
            : new EventSelector(
                start,
                List.of(
                    new PropertyFilter(
                        "pass", new Comparison(Operator.EQUAL, List.of(new Value.Text("y"))))));
    TimeRange range =
        hours
            ? new TimeRange(origin.plusSeconds(2 * 3600), origin.plusSeconds(9 * 3600))
            : new TimeRange(
                FIRST.plusDays(random.nextInt(6)).atStartOfDay(zone).toInstant(),
                FIRST.plusDays(7 + random.nextInt(4)).atStartOfDay(zone).toInstant());
    Cohorting[] kinds = Cohorting.values();
    Cohorting cohorting =
        firstOnly ? kinds[1 + random.nextInt(3)] : kinds[random.nextInt(kinds.length)];
    boolean plain = random.nextInt(3) == 0;
    boolean rolls = unit instanceof PeriodUnit && !plain && random.nextBoolean();
    return new CohortCase(
        history,
        new CohortQuery(
            new Scope(range, zone, null),
            starts,
            EventSelector.named(follow),
            unit,
            1 + random.nextInt(5),
            cohorting,
            rolls,
            plain || random.nextBoolean() ? null : "amount",
            plain || random.nextInt(3) > 0 ? null : "colour",
            plain || random.nextBoolean()
                ? null
                : new StartValues(new Column.Property("colour"), 1 + random.nextInt(2)),
            true));
  }

  private static Map<String, String> properties(RandomGenerator random) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("pass", random.nextBoolean() ? "y" : "n");
    List<String> colours = List.of("red", "blue", "", "none");
    String colour = colours.get(random.nextInt(4));
    if (!colour.equals("none")) {
      properties.put("colour", colour);
    }
    List<String> amounts = List.of("1.50", "-2", "many", "none");
    String amount = amounts.get(random.nextInt(4));
    if (!amount.equals("none")) {
      properties.put("amount", amount);
    }
    return properties;
  }

  /**
   * Stores the history.
   *
   * @param number of the case, which makes the keys of its events
   */
  void store(Bank bank, int number) {
    long key = 1_000_000L * number;
    for (Happening event : history) {
      key++;
      for (int copy = 0; copy < (event.duplicate() ? 2 : 1); copy++) {
        bank.event(
            key,
            event.user(),
            event.name(),
            event.time().toString(),
            event.properties().entrySet().stream()
                .flatMap(entry -> Stream.of(entry.getKey(), entry.getValue()))
                .toArray(String[]::new));
      }
    }
    bank.store();
  }

  /** Whether an event is one the question's start selects. */
  boolean selects(Happening event) {
    return event.name().equals(query.start().name())
        && (query.start().filters().isEmpty() || "y".equals(event.properties().get("pass")));
  }
}
