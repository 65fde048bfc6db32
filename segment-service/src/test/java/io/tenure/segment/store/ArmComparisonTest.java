package io.tenure.segment.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tenure.condition.domain.Comparison;
import io.tenure.condition.domain.EventSelector;
import io.tenure.condition.domain.Operator;
import io.tenure.condition.domain.PropertyFilter;
import io.tenure.condition.domain.TimeRange;
import io.tenure.condition.domain.Value;
import io.tenure.segment.Bank;
import io.tenure.segment.domain.analysis.Population;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.arm.ArmCell;
import io.tenure.segment.domain.arm.ArmComparison;
import io.tenure.segment.domain.arm.ArmMetric;
import io.tenure.segment.domain.arm.ArmOrigin;
import io.tenure.segment.domain.arm.ArmQuery;
import io.tenure.segment.domain.arm.Arms;
import io.tenure.segment.domain.arm.Measure;
import io.tenure.segment.domain.cohort.StartValues;
import io.tenure.segment.domain.journey.Column;
import io.tenure.statistics.sample.MeanSample;
import io.tenure.statistics.sample.ProportionSample;
import io.tenure.statistics.sample.QuantileSample;
import io.tenure.statistics.sample.RatioSample;
import io.tenure.statistics.sample.Sample;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Arms from stored events to sums, each worked out by hand. */
final class ArmComparisonTest {

  private static final Instant NOW = Instant.parse("2026-04-01T00:00:00Z");
  private static final Instant FIRST = Instant.parse("2026-03-03T00:00:00Z");
  private static final Instant SECOND = Instant.parse("2026-03-10T00:00:00Z");
  private static final TimeRange RUN =
      new TimeRange(Instant.parse("2026-03-02T00:00:00Z"), Instant.parse("2026-03-09T00:00:00Z"));
  private static final EventSelector PAY = EventSelector.named("pay");
  private static final Column.Property AMOUNT = new Column.Property("amount");

  private static Bank bank;
  private static ArmComparison arms;

  @BeforeAll
  static void fill() {
    bank = Bank.open("arms");
    arms = new ArmComparison(bank.journeys());
    // In the control: 1 pays before, at the exposure and after it; 2 pays on day two and again
    // when a window of three days is over; 3 never pays. Treated: 4 pays much, 5 sees both
    // variants, 6 comes late. 7 sees a variant that is none of the arms, 8 another experiment,
    // 9 saw one before the run, and 2 another one then.
    exposure(1, "2026-03-02T10:00:00Z", "control", "h1", "ios");
    exposure(1, "2026-03-02T11:00:00Z", "control", "h1", "web");
    exposure(2, "2026-03-02T12:00:00Z", "control", "h2", "web");
    exposure(3, "2026-03-02T13:00:00Z", "control", "h3", "ios");
    exposure(4, "2026-03-02T10:00:00Z", "new", "h4", "ios");
    exposure(5, "2026-03-02T20:00:00Z", "new", "h4", "web");
    exposure(5, "2026-03-04T20:00:00Z", "control", "h4", "web");
    exposure(6, "2026-03-08T23:00:00Z", "new", "h3", "android");
    exposure(7, "2026-03-02T10:00:00Z", "old", "h7", "ios");
    bank.event(
        8, "exposed", "2026-03-02T10:00:00Z", "experiment", "other", "variant", "new", "app", "i");
    exposure(9, "2026-03-01T10:00:00Z", "new", "h9", "ios");
    exposure(2, "2026-03-01T23:00:00Z", "new", "h2", "web");
    pay(1, "2026-02-28T10:00:00Z", "10");
    pay(1, "2026-03-02T09:59:59.999Z", "4");
    pay(1, "2026-03-02T10:00:00Z", "20");
    pay(1, "2026-03-04T10:00:00Z", "30");
    pay(2, "2026-03-03T12:00:00Z", "5");
    pay(2, "2026-03-05T12:00:00Z", "7");
    pay(4, "2026-03-02T11:00:00Z", "1000");
    pay(4, "2026-03-09T23:59:59Z", "2");
    pay(5, "2026-03-03T00:00:00Z", "8");
    pay(5, "2026-03-03T00:00:01Z", "nothing");
    pay(6, "2026-03-09T00:00:00Z", "1");
    pay(6, "2026-03-02T05:00:00Z", "100");
    pay(7, "2026-03-03T00:00:00Z", "9");
    bank.event(1, "look", "2026-03-02T10:00:00Z")
        .event(4, "look", "2026-03-02T10:30:00Z")
        .event(5, "look", "2026-03-03T00:00:02Z")
        .store();
  }

  @AfterAll
  static void close() {
    bank.close();
  }

  @Test
  void countsEachUnitInTheArmOfItsFirstExposure() {
    Arms told = run(query(null));
    assertThat(told.looks())
        .extracting(look -> look.arms().stream().map(Arms.Sums::units).toList())
        .containsExactly(List.of(3L, 2L), List.of(3L, 3L));
    assertThat(told.looks()).extracting(Arms.Look::mixed).containsExactly(0L, 1L);
    assertThat(told.looks()).extracting(Arms.Look::strangers).containsExactly(1L, 1L);
  }

  @Test
  void sumsWhatCameAtTheExposureOrAfterIt() {
    Arms told = run(query(metric(new ArmMetric.Sum(new Measure(PAY, AMOUNT)), null)));
    assertThat(totals(told)).containsExactly(List.of(20L, 1000L), List.of(62L, 1011L));
    assertThat(sample(told, 1, 0)).isInstanceOf(MeanSample.class);
  }

  @Test
  void leavesOutUnitsWhoseWindowHasNotEnded() {
    ArmMetric inThreeDays = metric(new ArmMetric.Sum(new Measure(PAY, AMOUNT)), Duration.ofDays(3));
    Arms told = run(query(inThreeDays));
    assertThat(sample(told, 0, 0).units()).isZero();
    // 6 is one day old at the second look, and the last payment of 2 is at the end of its window.
    assertThat(sample(told, 1, 0).estimate().value()).isEqualTo(55 / 3d, within(1e-12));
    assertThat(sample(told, 1, 1).units()).isEqualTo(2);
    assertThat(sample(told, 1, 1).estimate().value()).isEqualTo(1008 / 2d, within(1e-12));
    assertThat(told.looks().getLast().arms().getLast().units()).isEqualTo(3);
  }

  @Test
  void cutsGreatValuesOfAllArmsAtOneQuantile() {
    ArmMetric capped =
        new ArmMetric(new ArmMetric.Sum(new Measure(PAY, AMOUNT)), Duration.ZERO, null, 5 / 6d);
    Arms told = run(query(capped));
    // Of 0, 1, 8, 12, 50 and 1002 the fifth.
    assertThat(told.caps()).containsExactly(50d);
    assertThat(totals(told)).containsExactly(List.of(20L, 50L), List.of(62L, 59L));
  }

  @Test
  void cutsByTheUnitsThatWereThereAtTheLastLook() {
    ArmMetric capped =
        new ArmMetric(new ArmMetric.Sum(new Measure(PAY, AMOUNT)), Duration.ZERO, null, 5 / 6d);
    ArmQuery early = query(capped);
    Arms told =
        run(
            new ArmQuery(
                early.scope(),
                early.exposure(),
                early.origin(),
                early.arms(),
                null,
                capped,
                List.of(FIRST),
                0,
                null));
    // Of 0, 0, 0, 20 and 1000 the fifth; 6 came later.
    assertThat(told.caps()).containsExactly(1000d);
  }

  @Test
  void bringsWhatWasBeforeTheExposureAsACovariate() {
    ArmQuery query = query(metric(new ArmMetric.Sum(new Measure(PAY, AMOUNT)), null), 3, null);
    MeanSample control = (MeanSample) sample(run(query), 1, 0);
    assertThat(control.covariates()).isOne();
    assertThat(control.moments().mean(1)).isEqualTo(14d / 3);
    // 6 paid in the run, but more than three days before it was exposed.
    assertThat(((MeanSample) sample(run(query), 1, 1)).moments().mean(1)).isZero();
    // What is read from before the run brings no exposures.
    assertThat(run(query).looks().getLast().arms())
        .extracting(Arms.Sums::units)
        .containsExactly(3L, 3L);
    assertThat(run(query).looks().getLast().mixed()).isOne();
    // Days reach back from each unit's own exposure: the payment of February is older than one.
    MeanSample near =
        (MeanSample)
            sample(
                run(query(metric(new ArmMetric.Sum(new Measure(PAY, null)), null), 1, null)), 1, 0);
    assertThat(near.moments().mean(1)).isEqualTo(1d / 3);
  }

  @Test
  void tellsWhetherSomethingHappened() {
    Arms told = run(query(metric(new ArmMetric.Happened(PAY), null)));
    assertThat(sample(told, 0, 0)).isEqualTo(new ProportionSample(1, 3));
    assertThat(sample(told, 1, 0)).isEqualTo(new ProportionSample(2, 3));
    assertThat(sample(told, 1, 1)).isEqualTo(new ProportionSample(3, 3));
  }

  @Test
  void tellsWhoCameBackBetweenTwoTimes() {
    ArmMetric secondDay =
        new ArmMetric(new ArmMetric.Happened(PAY), Duration.ofDays(1), Duration.ofDays(3), 1);
    Arms told = run(query(secondDay));
    // 1 after two days, 2 after exactly one; 5 within some hours, and 4 after a week.
    assertThat(sample(told, 1, 0)).isEqualTo(new ProportionSample(2, 3));
    assertThat(sample(told, 1, 1)).isEqualTo(new ProportionSample(0, 2));
  }

  @Test
  void dividesOneSumByAnother() {
    ArmMetric perPayment =
        metric(new ArmMetric.Ratio(new Measure(PAY, AMOUNT), new Measure(PAY, null)), null);
    RatioSample control = (RatioSample) sample(run(query(perPayment)), 1, 0);
    assertThat(control.units()).isEqualTo(3);
    assertThat(control.estimate().value()).isEqualTo(62 / 4d, within(1e-12));
  }

  @Test
  void tellsWhoWentAllStepsInOrderAndTime() {
    ArmMetric lookThenPay =
        metric(
            new ArmMetric.Funnel(List.of(EventSelector.named("look"), PAY), Duration.ofMinutes(30)),
            null);
    Arms told = run(query(lookThenPay));
    // 1 looked and paid at one instant, the payment first, and again after two days; 4 in time; 5
    // paid before.
    assertThat(sample(told, 1, 0)).isEqualTo(new ProportionSample(0, 3));
    assertThat(sample(told, 1, 1)).isEqualTo(new ProportionSample(1, 3));
    ArmMetric slow =
        metric(
            new ArmMetric.Funnel(List.of(EventSelector.named("look"), PAY), Duration.ofDays(2)),
            null);
    assertThat(sample(run(query(slow)), 1, 0)).isEqualTo(new ProportionSample(1, 3));
  }

  @Test
  void tellsAQuantileOfEventsAtTheLastLookOnly() {
    ArmMetric median = metric(new ArmMetric.Quantile(new Measure(PAY, AMOUNT), 0.5), null);
    Arms told = run(query(median));
    assertThat(told.looks().getFirst().arms().getFirst().sample()).isNull();
    QuantileSample control = (QuantileSample) sample(told, 1, 0);
    // Of 5, 7, 20 and 30.
    assertThat(control.units()).isEqualTo(4);
    assertThat(control.value()).isEqualTo(7);
    // Both values of a unit lie on one side: (1 / (4/3)^2 / 3) by (0.5 * 0.5 / 4).
    assertThat(control.inflation()).isCloseTo(3, within(1e-9));
  }

  @Test
  void addsUpTheUsersOfAUnit() {
    ArmQuery households =
        new ArmQuery(
            new Scope(RUN, ZoneId.of("UTC"), null),
            exposed(),
            new ArmOrigin.Told(new Column.Property("variant")),
            List.of("control", "new"),
            new Column.Property("unit"),
            metric(new ArmMetric.Sum(new Measure(PAY, AMOUNT)), null),
            List.of(SECOND),
            0,
            null);
    Arms told = run(households);
    // 4 and 5 are one household; 3 and 6 another, which saw the control first.
    assertThat(told.looks().getFirst().arms()).extracting(Arms.Sums::units).containsExactly(3L, 1L);
    assertThat(totals(told)).containsExactly(List.of(63L, 1010L));
    assertThat(users(households, new ArmCell("new", false))).containsExactly(4, 5);
    assertThat(users(households, new ArmCell("control", false))).containsExactly(1, 2, 3, 6);
    assertThat(users(households, new ArmCell("", true))).containsExactly(3, 4, 5, 6);
  }

  @Test
  void tellsUnitsApartByTheirFirstExposure() {
    StartValues app = new StartValues(new Column.Property("app"), 2);
    Arms told = run(query(metric(new ArmMetric.Sum(new Measure(PAY, AMOUNT)), null), 0, app));
    assertThat(told.slices().values())
        .extracting(slice -> slice.value() + slice.part().stream().map(Arms.Sums::units).toList())
        .containsExactly("ios[2, 1]", "web[1, 1]");
    assertThat(Objects.requireNonNull(told.slices().others()).getLast().units()).isOne();
    assertThat(told.slices().values().getFirst().part().getFirst().sample())
        .extracting(sample -> Objects.requireNonNull(sample).estimate().value())
        .isEqualTo(25d);
  }

  @Test
  void namesTheUsersBehindAnArm() {
    ArmQuery query = query(null);
    assertThat(users(query, new ArmCell("control", false))).containsExactly(1, 2, 3);
    assertThat(users(query, new ArmCell("new", false))).containsExactly(4, 5, 6);
    assertThat(users(query, new ArmCell("", true))).containsExactly(5);
  }

  @Test
  void seesNoMoreThanWasReceivedByThen() {
    // The bank receives an event five seconds after it happens.
    Scope known =
        new Scope(
            RUN,
            ZoneId.of("UTC"),
            null,
            Population.ALL,
            null,
            null,
            Instant.parse("2026-03-02T12:00:05Z"));
    ArmQuery query =
        new ArmQuery(
            known,
            exposed(),
            new ArmOrigin.Told(new Column.Property("variant")),
            List.of("control", "new"),
            null,
            metric(new ArmMetric.Sum(new Measure(PAY, AMOUNT)), null),
            List.of(SECOND),
            0,
            null);
    Arms told = run(query);
    assertThat(told.looks().getFirst().arms()).extracting(Arms.Sums::units).containsExactly(2L, 1L);
    assertThat(totals(told)).containsExactly(List.of(20L, 1000L));
  }

  private static void exposure(long user, String time, String arm, String unit, String app) {
    bank.event(
        user, "exposed", time, "experiment", "rates", "variant", arm, "unit", unit, "app", app);
  }

  private static void pay(long user, String time, String amount) {
    bank.event(user, "pay", time, "amount", amount);
  }

  private static ArmMetric metric(ArmMetric.Kind kind, @Nullable Duration window) {
    return new ArmMetric(kind, Duration.ZERO, window, 1);
  }

  private static ArmQuery query(@Nullable ArmMetric metric) {
    return query(metric, 0, null);
  }

  private static ArmQuery query(
      @Nullable ArmMetric metric, int covariateDays, @Nullable StartValues values) {
    return new ArmQuery(
        new Scope(RUN, ZoneId.of("UTC"), null),
        exposed(),
        new ArmOrigin.Told(new Column.Property("variant")),
        List.of("control", "new"),
        null,
        metric,
        List.of(FIRST, SECOND),
        covariateDays,
        values);
  }

  private static EventSelector exposed() {
    return new EventSelector(
        "exposed",
        List.of(
            new PropertyFilter(
                "experiment", new Comparison(Operator.EQUAL, List.of(new Value.Text("rates"))))));
  }

  private static Arms run(ArmQuery query) {
    return arms.run(bank.project(), query, NOW);
  }

  private static long[] users(ArmQuery query, ArmCell cell) {
    return arms.users(bank.project(), query, cell, NOW);
  }

  private static Sample sample(Arms told, int look, int arm) {
    return Objects.requireNonNull(told.looks().get(look).arms().get(arm).sample());
  }

  private static List<List<Long>> totals(Arms told) {
    return told.looks().stream()
        .map(
            look ->
                look.arms().stream()
                    .map(arm -> ((MeanSample) Objects.requireNonNull(arm.sample())).moments())
                    .map(moments -> Math.round(moments.mean(0) * moments.count()))
                    .toList())
        .toList();
  }
}
