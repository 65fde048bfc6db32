package io.tenure.segment.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tenure.condition.domain.EventSelector;
import io.tenure.condition.domain.TimeRange;
import io.tenure.segment.Bank;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.arm.ArmCell;
import io.tenure.segment.domain.arm.ArmComparison;
import io.tenure.segment.domain.arm.ArmMetric;
import io.tenure.segment.domain.arm.ArmOrigin;
import io.tenure.segment.domain.arm.ArmQuery;
import io.tenure.segment.domain.arm.Arms;
import io.tenure.segment.domain.arm.Measure;
import io.tenure.segment.domain.arm.OtherExposure;
import io.tenure.segment.domain.journey.Column;
import io.tenure.segment.store.NaiveArms.Deed;
import io.tenure.segment.store.NaiveArms.Subject;
import io.tenure.statistics.sample.MeanSample;
import io.tenure.statistics.sample.Moments;
import io.tenure.statistics.sample.RatioSample;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Arms of random histories against {@link NaiveArms}. */
final class ArmPropertyTest {

  private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
  private static final Instant END = START.plus(Duration.ofDays(10));
  private static final Instant OTHER_START = START.minus(Duration.ofDays(6));
  private static final Instant LOOK = START.plus(Duration.ofDays(12));
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final List<String> ARMS = List.of("control", "new");
  private static final List<Duration> ENDS =
      List.of(Duration.ofDays(1), Duration.ofDays(3), Duration.ofDays(7));
  private static final Measure AMOUNT =
      new Measure(EventSelector.named("pay"), new Column.Property("amount"));
  private static final Measure PAYMENTS = new Measure(EventSelector.named("pay"), null);

  private static final List<Deed> DEEDS = new ArrayList<>();

  private static Bank bank;
  private static ArmComparison arms;

  @BeforeAll
  static void fill() {
    bank = Bank.open("random_arms");
    arms = new ArmComparison(bank.journeys());
    SplittableRandom random = new SplittableRandom(5);
    for (long user = 1; user <= 240; user++) {
      String home = "h" + user / 3;
      times(random, 3, -3, 13, user, home, "exposed", "control", "new", "old");
      times(random, user % 2 == 0 ? 3 : 0, -9, 14, user, home, "met", "off", "on");
      times(random, 6, -8, 14, user, home, "pay", "");
    }
    for (Deed deed : DEEDS) {
      String time = Instant.ofEpochMilli(deed.time()).toString();
      if (deed.name().equals("pay")) {
        bank.event(deed.user(), "pay", time, "amount", "" + deed.amount());
      } else {
        bank.event(deed.user(), deed.name(), time, "variant", deed.arm(), "unit", deed.unit());
      }
    }
    bank.store();
  }

  @AfterAll
  static void close() {
    bank.close();
  }

  /** Times are whole hours, so that some are the same. */
  private static void times(
      SplittableRandom random,
      int most,
      int firstDay,
      int lastDay,
      long user,
      String home,
      String name,
      String... texts) {
    int count = random.nextInt(most + 1);
    for (int i = 0; i < count; i++) {
      long time = START.toEpochMilli() + random.nextLong(24L * firstDay, 24L * lastDay) * HOUR;
      String unit = random.nextInt(10) == 0 ? "h" + random.nextInt(80) : home;
      DEEDS.add(
          new Deed(
              user, name, time, texts[random.nextInt(texts.length)], unit, random.nextInt(1, 50)));
    }
  }

  @ParameterizedTest
  @CsvSource({"false, false", "false, true", "true, false", "true, true"})
  void tellsUnitsApartByWhatTheySawOfAnotherExperiment(boolean byUnit, boolean later) {
    Instant otherStart = later ? someSighting() : OTHER_START;
    ArmQuery plain =
        query(byUnit, new ArmMetric(new ArmMetric.Sum(AMOUNT), Duration.ZERO, null, 1));
    ArmQuery query =
        plain.by(
            new OtherExposure(
                EventSelector.named("met"), new Column.Property("variant"), otherStart));
    Map<String, List<Subject>> expected =
        subjects(byUnit, otherStart).values().stream()
            .filter(subject -> ARMS.contains(subject.arm()))
            .collect(
                Collectors.groupingBy(
                    subject -> subject.otherArm() + "/" + subject.arm(),
                    TreeMap::new,
                    Collectors.toList()));
    assertThat(expected).hasSize(6);

    Arms told = arms.run(bank.project(), query, LOOK);

    Map<String, Arms.Sums> cells = new TreeMap<>();
    told.slices()
        .values()
        .forEach(
            slice ->
                slice
                    .part()
                    .forEach(
                        sums ->
                            cells.put(
                                Objects.requireNonNullElse(slice.value(), "none")
                                    + "/"
                                    + sums.arm(),
                                sums)));
    assertThat(cells.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (cell, units) -> {
          Arms.Sums sums = Objects.requireNonNull(cells.get(cell));
          assertThat(sums.units()).as(cell).isEqualTo(units.size());
          assertThat(Objects.requireNonNull(sums.sample()).estimate().value())
              .as(cell)
              .isCloseTo(
                  units.stream()
                      .mapToDouble(
                          unit ->
                              sum(
                                  unit.amounts(
                                      Duration.ZERO, Duration.ofDays(99), LOOK.toEpochMilli())))
                      .average()
                      .orElseThrow(),
                  within(1e-9));
        });
    assertThat(told.slices().others()).isNull();
    // Everything else is as without the other experiment.
    Arms alone = arms.run(bank.project(), plain, LOOK);
    assertThat(told.looks())
        .extracting(look -> look.arms().stream().map(Arms.Sums::units).toList())
        .isEqualTo(
            alone.looks().stream()
                .map(look -> look.arms().stream().map(Arms.Sums::units).toList())
                .toList());
    assertThat(told.looks()).extracting(Arms.Look::mixed).isEqualTo(mixed(alone));
    assertThat(arms.users(bank.project(), query, new ArmCell("new", false), LOOK))
        .isEqualTo(arms.users(bank.project(), plain, new ArmCell("new", false), LOOK));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void tellsSumsByWindowsAfterTheFirstExposure(boolean byUnit) {
    ArmMetric metric = new ArmMetric(new ArmMetric.Sum(AMOUNT), Duration.ZERO, null, 1).in(ENDS);
    Arms told = arms.run(bank.project(), query(byUnit, metric), LOOK);
    assertThat(told.windows()).extracting(Arms.Window::to).isEqualTo(ENDS);
    assertThat(told.windows())
        .extracting(Arms.Window::from)
        .containsExactly(Duration.ZERO, ENDS.get(0), ENDS.get(1));
    for (int window = 0; window < ENDS.size(); window++) {
      for (int arm = 0; arm < ARMS.size(); arm++) {
        List<double[]> units = ended(byUnit, arm, window);
        Arms.Sums sums = told.windows().get(window).arms().get(arm);
        assertThat(sums.arm()).isEqualTo(ARMS.get(arm));
        assertThat(sums.units()).isEqualTo(units.size()).isGreaterThan(5);
        Moments moments = ((MeanSample) Objects.requireNonNull(sums.sample())).moments();
        assertThat(moments.dimensions()).isEqualTo(window + 1);
        for (int i = 0; i <= window; i++) {
          assertThat(moments.mean(i)).isCloseTo(mean(units, window - i), within(1e-9));
          for (int j = 0; j <= window; j++) {
            assertThat(moments.covariance(i, j))
                .isCloseTo(covariance(units, window - i, window - j), within(1e-7));
          }
        }
      }
    }
    assertThat(told.windows().getFirst().arms().getFirst().units())
        .isGreaterThan(told.windows().getLast().arms().getFirst().units());
    assertThat(told.looks().getLast().arms().getFirst().sample()).isNull();
  }

  @Test
  void tellsRatiosAndConversionsByWindows() {
    ArmMetric ratio =
        new ArmMetric(new ArmMetric.Ratio(AMOUNT, PAYMENTS), Duration.ZERO, null, 1).in(ENDS);
    ArmMetric happened =
        new ArmMetric(new ArmMetric.Happened(EventSelector.named("pay")), Duration.ZERO, null, 1)
            .in(ENDS);
    Arms ratios = arms.run(bank.project(), query(false, ratio), LOOK);
    Arms rates = arms.run(bank.project(), query(false, happened), LOOK);
    for (int window = 0; window < ENDS.size(); window++) {
      int at = window;
      RatioSample sample =
          (RatioSample)
              Objects.requireNonNull(ratios.windows().get(window).arms().getLast().sample());
      assertThat(sample.covariates()).isEqualTo(window);
      List<Subject> units = subjects(1, window, false);
      for (int back = 0; back <= window; back++) {
        int earlier = window - back;
        assertThat(sample.moments().mean(2 * back))
            .isCloseTo(
                units.stream().mapToDouble(unit -> sum(in(unit, earlier))).average().orElseThrow(),
                within(1e-9));
        assertThat(sample.moments().mean(2 * back + 1))
            .isCloseTo(
                units.stream()
                    .mapToDouble(unit -> in(unit, earlier).size())
                    .average()
                    .orElseThrow(),
                within(1e-9));
      }
      MeanSample rate =
          (MeanSample)
              Objects.requireNonNull(rates.windows().get(window).arms().getLast().sample());
      assertThat(rate.moments().mean(0))
          .isCloseTo(
              units.stream()
                  .mapToDouble(unit -> in(unit, at).isEmpty() ? 0 : 1)
                  .average()
                  .orElseThrow(),
              within(1e-9));
    }
  }

  @Test
  void cutsEachWindowAtItsOwnQuantile() {
    ArmMetric metric = new ArmMetric(new ArmMetric.Sum(AMOUNT), Duration.ZERO, null, 0.9).in(ENDS);
    Arms told = arms.run(bank.project(), query(false, metric), LOOK);
    assertThat(told.caps()).isEmpty();
    for (int window = 0; window < ENDS.size(); window++) {
      int at = window;
      List<Double> values = new ArrayList<>();
      for (int arm = 0; arm < ARMS.size(); arm++) {
        subjects(arm, window, false).forEach(unit -> values.add(sum(in(unit, at))));
      }
      values.sort(null);
      double cap = values.get((int) Math.ceil(values.size() * 0.9) - 1);
      assertThat(told.windows().get(window).cap()).isEqualTo(cap);
      MeanSample control =
          (MeanSample)
              Objects.requireNonNull(told.windows().get(window).arms().getFirst().sample());
      assertThat(control.moments().mean(0))
          .isCloseTo(
              subjects(0, window, false).stream()
                  .mapToDouble(unit -> Math.min(cap, sum(in(unit, at))))
                  .average()
                  .orElseThrow(),
              within(1e-9));
    }
  }

  private static List<Subject> subjects(int arm, int window, boolean byUnit) {
    return subjects(byUnit).values().stream()
        .filter(unit -> unit.arm().equals(ARMS.get(arm)))
        .filter(unit -> unit.complete() + ENDS.get(window).toMillis() <= LOOK.toEpochMilli())
        .toList();
  }

  private static List<double[]> ended(boolean byUnit, int arm, int window) {
    return subjects(arm, window, byUnit).stream()
        .map(unit -> IntStream.range(0, ENDS.size()).mapToDouble(at -> sum(in(unit, at))).toArray())
        .toList();
  }

  private static List<Double> in(Subject unit, int window) {
    Duration from = window == 0 ? Duration.ZERO : ENDS.get(window - 1);
    return unit.amounts(from, ENDS.get(window), LOOK.toEpochMilli());
  }

  /** When a user of the control saw the other experiment first, after the start of the run. */
  private static Instant someSighting() {
    Instant middle = START.plus(Duration.ofDays(3));
    return subjects(false, middle).values().stream()
        .filter(subject -> subject.arm().equals("control") && !subject.otherArm().equals("none"))
        .flatMap(subject -> subject.deeds().stream())
        .filter(deed -> deed.name().equals("met") && deed.time() >= middle.toEpochMilli())
        .map(deed -> Instant.ofEpochMilli(deed.time()))
        .filter(time -> time.isBefore(LOOK))
        .min(Instant::compareTo)
        .orElseThrow();
  }

  private static Map<String, Subject> subjects(boolean byUnit) {
    return subjects(byUnit, OTHER_START);
  }

  private static Map<String, Subject> subjects(boolean byUnit, Instant otherStart) {
    return NaiveArms.subjects(
        DEEDS,
        byUnit,
        START.toEpochMilli(),
        END.toEpochMilli(),
        otherStart.toEpochMilli(),
        LOOK.toEpochMilli());
  }

  private static List<Long> mixed(Arms told) {
    return told.looks().stream().map(Arms.Look::mixed).toList();
  }

  private static double sum(List<Double> amounts) {
    return amounts.stream().mapToDouble(Double::doubleValue).sum();
  }

  private static double mean(List<double[]> units, int component) {
    return units.stream().mapToDouble(unit -> unit[component]).average().orElseThrow();
  }

  private static double covariance(List<double[]> units, int first, int second) {
    double one = mean(units, first);
    double two = mean(units, second);
    return units.stream().mapToDouble(unit -> (unit[first] - one) * (unit[second] - two)).sum()
        / (units.size() - 1);
  }

  private static ArmQuery query(boolean byUnit, @Nullable ArmMetric metric) {
    return new ArmQuery(
        new Scope(new TimeRange(START, END), ZoneId.of("UTC"), null),
        EventSelector.named("exposed"),
        new ArmOrigin.Told(new Column.Property("variant")),
        ARMS,
        byUnit ? new Column.Property("unit") : null,
        metric,
        List.of(LOOK),
        0,
        null);
  }
}
