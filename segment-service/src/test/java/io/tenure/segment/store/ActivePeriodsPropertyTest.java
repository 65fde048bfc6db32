package io.tenure.segment.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.condition.domain.EventSelector;
import io.tenure.condition.domain.TimeRange;
import io.tenure.platform.testing.Property;
import io.tenure.segment.Bank;
import io.tenure.segment.domain.analysis.PeriodUnit;
import io.tenure.segment.domain.analysis.Periods;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.cohort.CohortQuery;
import io.tenure.segment.domain.distribution.Distribution;
import io.tenure.segment.domain.distribution.DistributionCell;
import io.tenure.segment.domain.distribution.DistributionQuery;
import io.tenure.segment.domain.distribution.Distributions;
import io.tenure.segment.domain.distribution.UserMeasure;
import io.tenure.segment.domain.journey.Column;
import io.tenure.segment.domain.lifecycle.Lifecycle;
import io.tenure.segment.domain.lifecycle.LifecycleCell;
import io.tenure.segment.domain.lifecycle.LifecyclePart;
import io.tenure.segment.domain.lifecycle.LifecycleQuery;
import io.tenure.segment.domain.lifecycle.Lifecycles;
import io.tenure.segment.domain.lifecycle.Newcomer;
import io.tenure.segment.store.CohortCase.Happening;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Lifecycles and distributions as stored events give them, against what they mean. */
final class ActivePeriodsPropertyTest {

  private static final Instant NOW = Instant.parse("2026-03-31T10:00:00Z");
  private static final Column.Property AMOUNT = new Column.Property("amount");

  private static Bank bank;
  private static Lifecycles lifecycles;
  private static Distributions distributions;
  private static int cases;

  @BeforeAll
  static void open() {
    bank = Bank.open("active_periods").profiles(1, 2, 3, 4).store();
    lifecycles = new Lifecycles(new ClickHouseLifespans(bank.scans(), bank.conditions()));
    distributions = new Distributions(new ClickHouseMeasures(bank.scans(), bank.conditions()));
  }

  @AfterAll
  static void close() {
    bank.close();
  }

  @Test
  void everyPartOfALifecycleIsWhatItMeansAndOpensItsUsers() {
    Property.forAll(60, ActivePeriodsPropertyTest::random, ActivePeriodsPropertyTest::lifecycle);
  }

  @Test
  void everyBucketIsWhatItMeansAndOpensItsUsers() {
    Property.forAll(
        80, ActivePeriodsPropertyTest::distributed, ActivePeriodsPropertyTest::distribution);
  }

  @Test
  void theLastDayCountsWhetherABitIsLeftForItOrNot() {
    Instant start = Instant.parse("2026-01-01T00:00:00Z");
    for (int days : new int[] {63, 64, 65}) {
      String name = "edge-" + days;
      bank.event(4, name, start.toString())
          .event(4, name, start.plus(Duration.ofDays(days - 1)).toString())
          .store();
      Scope scope =
          new Scope(
              new TimeRange(start, start.plus(Duration.ofDays(days))), ZoneId.of("UTC"), null);
      DistributionQuery query =
          new DistributionQuery(
              scope,
              EventSelector.named(name),
              new UserMeasure.ActivePeriods(PeriodUnit.DAY, 1),
              null,
              List.of(),
              false,
              false);
      DistributionCell two = new DistributionCell(0, false, Optional.of(BigDecimal.TWO));
      assertThat(users(query, two)).as("%d days", days).containsExactly(4);
    }
  }

  private static CohortCase random(RandomGenerator random) {
    return CohortCase.random(random, "a" + ++cases, false);
  }

  private static void lifecycle(CohortCase sample) {
    sample.store(bank, cases);
    CohortQuery asked = sample.query();
    Periods unit = asked.unit();
    LifecycleQuery query =
        new LifecycleQuery(asked.scope(), asked.start(), unit, Newcomer.FIRST_MATCHING);
    Lifecycle found = lifecycles.run(bank.project(), query, NOW);
    int first = asked.firstCohort();
    assertThat(found.periods()).hasSize(asked.cohorts());
    for (int period = 0; period < asked.cohorts(); period++) {
      int index = first + period;
      for (LifecyclePart part : LifecyclePart.values()) {
        long[] expected =
            LongStream.rangeClosed(1, 3)
                .filter(user -> part == part(sample, user, index))
                .toArray();
        assertThat(found.periods().get(period).users(part)).isEqualTo(expected.length);
        assertThat(lifecycles.users(bank.project(), query, new LifecycleCell(period, part), NOW))
            .containsExactly(expected);
      }
    }
  }

  private static @Nullable LifecyclePart part(CohortCase sample, long user, int index) {
    if (!active(sample, user, index)) {
      return active(sample, user, index - 1) ? LifecyclePart.DORMANT : null;
    }
    Scope scope = sample.query().scope();
    Instant began =
        sample.history().stream()
            .filter(event -> event.user() == user && sample.selects(event))
            .map(Happening::time)
            .min(Instant::compareTo)
            .orElseThrow();
    int first =
        sample.query().unit().firstAfter(java.time.LocalDateTime.ofInstant(began, scope.zone()));
    if (first == index) {
      return LifecyclePart.NEW;
    }
    return active(sample, user, index - 1) ? LifecyclePart.RETURNING : LifecyclePart.RESURRECTING;
  }

  /** Inside the range, and in the whole period before it. */
  private static boolean active(CohortCase sample, long user, int index) {
    CohortQuery query = sample.query();
    return sample.history().stream()
        .filter(event -> event.user() == user && sample.selects(event))
        .filter(event -> query.unit().indexOf(event.time(), query.scope().zone()) == index)
        .anyMatch(
            event ->
                event.time().isBefore(query.scope().range().end())
                    && (index < query.firstCohort()
                        || !event.time().isBefore(query.scope().range().start())));
  }

  private record Distributed(CohortCase sample, DistributionQuery query) {}

  private static Distributed distributed(RandomGenerator random) {
    CohortCase sample = random(random);
    CohortQuery asked = sample.query();
    UserMeasure measure =
        switch (random.nextInt(3)) {
          case 0 -> new UserMeasure.Events();
          case 1 -> new UserMeasure.Sum(AMOUNT);
          default -> new UserMeasure.ActivePeriods(asked.unit(), 1 + random.nextInt(2));
        };
    Periods frame =
        random.nextBoolean()
            ? null
            : asked.unit() == PeriodUnit.HOUR ? PeriodUnit.DAY : PeriodUnit.WEEK;
    List<BigDecimal> bounds =
        random.nextBoolean()
            ? List.of()
            : Stream.of("-1.5", "1.5", "2", "4").map(BigDecimal::new).toList();
    return new Distributed(
        sample,
        new DistributionQuery(
            asked.scope(),
            asked.start(),
            measure,
            frame,
            bounds,
            random.nextBoolean(),
            random.nextBoolean()));
  }

  private static void distribution(Distributed sample) {
    sample.sample().store(bank, cases);
    DistributionQuery query = sample.query();
    Distribution found = distributions.run(bank.project(), query, NOW);
    assertThat(found.frames()).hasSize(query.frames());
    for (int frame = 0; frame < query.frames(); frame++) {
      Distribution.Frame counted = found.frames().get(frame);
      Map<Long, BigDecimal> measures = measures(sample, query.firstFrame() + frame);
      assertThat(counted.users()).isEqualTo(measures.size());
      long inBuckets = 0;
      for (Distribution.Bucket bucket : counted.buckets()) {
        long[] expected =
            measures.entrySet().stream()
                .filter(entry -> holds(bucket, entry.getValue(), query.cumulative()))
                .mapToLong(Map.Entry::getKey)
                .toArray();
        inBuckets += expected.length;
        assertThat(bucket.users()).isEqualTo(expected.length);
        assertThat(users(query, new DistributionCell(frame, false, bucket.least())))
            .containsExactly(expected);
      }
      if (!query.cumulative()) {
        assertThat(inBuckets).isEqualTo(measures.size());
      }
      if (query.withInactive()) {
        long[] inactive =
            LongStream.rangeClosed(1, 4).filter(user -> !measures.containsKey(user)).toArray();
        assertThat(counted.inactive()).isEqualTo(inactive.length);
        assertThat(users(query, new DistributionCell(frame, true, Optional.empty())))
            .containsExactly(inactive);
      }
    }
  }

  private static boolean holds(Distribution.Bucket bucket, BigDecimal measure, boolean cumulative) {
    return bucket.least().map(least -> least.compareTo(measure) <= 0).orElse(true)
        && (cumulative || bucket.below().map(below -> below.compareTo(measure) > 0).orElse(true));
  }

  private static long[] users(DistributionQuery query, DistributionCell cell) {
    return distributions.users(bank.project(), query, cell, NOW);
  }

  private static Map<Long, BigDecimal> measures(Distributed sample, int frame) {
    DistributionQuery query = sample.query();
    Scope scope = query.scope();
    Map<Long, List<Happening>> own = new TreeMap<>();
    for (Happening event : sample.sample().history()) {
      boolean inFrame =
          query.frame() == null || query.frame().indexOf(event.time(), scope.zone()) == frame;
      if (inFrame
          && sample.sample().selects(event)
          && !event.time().isBefore(scope.range().start())
          && event.time().isBefore(scope.range().end())) {
        own.computeIfAbsent(event.user(), _ -> new ArrayList<>()).add(event);
      }
    }
    Map<Long, BigDecimal> measures = new TreeMap<>();
    own.forEach(
        (user, events) -> {
          BigDecimal measure = measure(query.measure(), events, scope);
          if (measure != null) {
            measures.put(user, measure);
          }
        });
    return measures;
  }

  private static @Nullable BigDecimal measure(
      UserMeasure measure, List<Happening> events, Scope scope) {
    return switch (measure) {
      case UserMeasure.Events() -> BigDecimal.valueOf(events.size());
      case UserMeasure.Sum _ ->
          events.stream()
              .map(event -> event.properties().get("amount"))
              .filter(text -> text != null && !text.equals("many"))
              .map(BigDecimal::new)
              .reduce(BigDecimal::add)
              .orElse(null);
      case UserMeasure.ActivePeriods active -> {
        long periods =
            events.stream()
                .map(event -> active.unit().indexOf(event.time(), scope.zone()))
                .filter(period -> period != Periods.NONE)
                .collect(Collectors.groupingBy(period -> period, Collectors.counting()))
                .values()
                .stream()
                .filter(count -> count >= active.least())
                .count();
        yield periods == 0 ? null : BigDecimal.valueOf(periods);
      }
    };
  }
}
