package io.tenure.segment.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.condition.domain.TimeRange;
import io.tenure.platform.clickhouse.SqlParameters;
import io.tenure.platform.testing.Generator;
import io.tenure.platform.testing.Property;
import io.tenure.segment.Bank;
import io.tenure.segment.domain.analysis.ClosedDays;
import io.tenure.segment.domain.analysis.OpenDayPeriods;
import io.tenure.segment.domain.analysis.PeriodUnit;
import io.tenure.segment.domain.analysis.Periods;
import io.tenure.segment.domain.calendar.OpenDays;
import io.tenure.segment.domain.calendar.ShippedCalendars;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The store numbers periods as the domain does, whatever the zone, its clocks and the calendar. */
final class PeriodSqlTest {

  private static final List<ZoneId> ZONES =
      List.of(
              "UTC",
              "Asia/Shanghai",
              "Europe/Berlin",
              "America/New_York",
              "Asia/Kolkata",
              "Australia/Lord_Howe",
              "Pacific/Chatham",
              "America/Sao_Paulo",
              "Asia/Beirut")
          .stream()
          .map(ZoneId::of)
          .toList();
  private static final TimeRange RANGE =
      new TimeRange(Instant.parse("2024-01-05T00:00:00Z"), Instant.parse("2026-12-30T00:00:00Z"));

  private static Bank bank;

  @BeforeAll
  static void open() {
    bank = Bank.open("periods");
  }

  @AfterAll
  static void close() {
    bank.close();
  }

  private record Case(Periods periods, ZoneId zone, List<Long> millis) {}

  @Test
  void theStoreAndTheDomainNumberPeriodsEqually() {
    List<Periods> all = new ArrayList<>(List.of(PeriodUnit.values()));
    new ShippedCalendars()
        .all()
        .values()
        .forEach(
            calendar -> {
              OpenDays days = new OpenDays(calendar);
              all.add(new OpenDayPeriods(days, ClosedDays.NEXT_OPEN_DAY));
              all.add(new OpenDayPeriods(days, ClosedDays.LEFT_OUT));
            });
    Generator<Periods> periods = Generator.of(all);
    Generator<ZoneId> zones = Generator.of(ZONES);
    Generator<List<Long>> times = Generator.lists(times(), 200);
    Property.forAll(
        100,
        random ->
            new Case(periods.generate(random), zones.generate(random), times.generate(random)),
        this::check);
  }

  /** Any millisecond, and often one beside a full hour, where days begin and clocks change. */
  private static Generator<Long> times() {
    Generator<Long> any =
        Generator.longs(RANGE.start().toEpochMilli(), RANGE.end().toEpochMilli() - 1);
    return random -> {
      long time = any.generate(random);
      return random.nextBoolean() ? time : time - time % 1_800_000 - random.nextInt(2);
    };
  }

  private void check(Case sample) {
    List<Long> times =
        sample.millis().stream().filter(time -> time >= RANGE.start().toEpochMilli()).toList();
    SqlParameters parameters = new SqlParameters();
    String sql =
        "SELECT "
            + PeriodSql.period(parameters, sample.periods(), sample.zone(), RANGE)
            + " AS period FROM (SELECT fromUnixTimestamp64Milli(arrayJoin("
            + parameters.keep("Array(Int64)", times)
            + "), 'UTC') AS event_time)";
    List<Integer> stored =
        bank.clickHouse()
            .query(sql, parameters.values(), row -> Math.toIntExact(row.getLong("period")));
    assertThat(stored)
        .containsExactlyElementsOf(
            times.stream()
                .map(time -> sample.periods().indexOf(Instant.ofEpochMilli(time), sample.zone()))
                .toList());
  }
}
