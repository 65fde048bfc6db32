package io.tenure.experiment.domain.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tenure.condition.domain.EventSelector;
import io.tenure.experiment.domain.analysis.Answer;
import io.tenure.experiment.domain.experiment.AnalysisPlan.DesignKind;
import io.tenure.experiment.domain.metric.MetricKind;
import io.tenure.experiment.domain.result.ArmSource.Question;
import io.tenure.experiment.domain.result.ArmSource.Sums;
import io.tenure.experiment.domain.result.ArmSource.Window;
import io.tenure.experiment.domain.result.NoveltyReport.Course;
import io.tenure.experiment.domain.result.NoveltyReport.Trend;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.statistics.sample.MeanSample;
import io.tenure.statistics.sample.MomentsBuilder;
import io.tenure.statistics.sample.RatioSample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Effects that wear off, that last and that grow, of simulated units. */
final class NoveltyTest {

  private static final EventSelector BUY = new EventSelector("buy", List.of());
  private static final int[] ENDS = {1, 2, 4, 7, 14, 21};

  @Test
  void findsAnEffectThatWearsOff() {
    NoveltyReport report = told(simulated(7, 3_000, window -> 0.3 / (1 + window * window)));
    assertThat(report.metric()).isEqualTo("sales");
    assertThat(report.windows())
        .extracting(NoveltyReport.Window::words)
        .containsExactly(
            "day 0", "day 1", "days 2 to 3", "days 4 to 6", "days 7 to 13", "days 14 to 20");
    assertThat(effect(report, 0).effect().estimate()).isCloseTo(0.3, within(0.05));
    assertThat(effect(report, 0).effect().interval().low()).isPositive();
    Trend trend = report.trends().getFirst();
    assertThat(trend.arm()).isEqualTo("new");
    assertThat(trend.course()).isEqualTo(Course.FADES);
    assertThat(((Answer.Told) trend.slope()).effect().estimate()).isNegative();
    assertThat(trend.summary()).startsWith("The effect of 'new' on 'sales' fades with time (p = ");
    assertThat(report.summary()).contains("judge by later days");
  }

  @Test
  void aLossThatWearsOffFadesToo() {
    Trial trial = simulated(8, 3_000, window -> -0.3 / (1 + window * window));
    assertThat(told(trial).trends().getFirst().course()).isEqualTo(Course.FADES);
  }

  @Test
  void findsAnEffectThatGrows() {
    Trial gain = simulated(9, 3_000, window -> 0.08 * window);
    assertThat(told(gain).trends().getFirst().course()).isEqualTo(Course.GROWS);
    assertThat(told(gain).summary()).contains("show less");
    Trial loss = simulated(9, 3_000, window -> -0.08 * window);
    assertThat(told(loss).trends().getFirst().course()).isEqualTo(Course.GROWS);
  }

  @Test
  void findsAnEffectOnARatioThatWearsOff() {
    Trial trial = new Trial(DesignKind.CONFIDENCE_SEQUENCE, 20_000);
    after(trial, Duration.ofDays(21));
    trial.measure(
        new MetricKind.Ratio(
            new MetricKind.Measure(BUY, "amount"), new MetricKind.Measure(BUY, "")));
    trial.windows = windows(11, 3_000, window -> window == 0 ? 0.3 : 0, true);
    NoveltyReport report = told(trial);
    assertThat(effect(report, 0).effect().estimate()).isCloseTo(0.3, within(0.05));
    assertThat(report.trends().getFirst().course()).isEqualTo(Course.FADES);
    trial.windows = windows(12, 3_000, _ -> 0.3, true);
    assertThat(told(trial).trends().getFirst().course()).isEqualTo(Course.STEADY);
  }

  /** Units differ much from each other and everybody does less with time, which is no trend. */
  @Test
  void aLastingEffectIsCalledATrendAsOftenAsAlphaSays() {
    int runs = 400;
    int found = 0;
    for (int seed = 0; seed < runs; seed++) {
      Trend trend = told(simulated(seed, 400, _ -> 0.2)).trends().getFirst();
      assertThat(trend.course()).isNotEqualTo(Course.UNKNOWN);
      found += trend.course() == Course.STEADY ? 0 : 1;
    }
    assertThat(found / (double) runs).isBetween(0.02, 0.085);
  }

  @Test
  void aLastingEffectIsSteady() {
    NoveltyReport report = told(simulated(3, 3_000, _ -> 0.2));
    assertThat(report.trends().getFirst().course()).isEqualTo(Course.STEADY);
    assertThat(report.trends().getFirst().summary()).startsWith("No change of the effect");
    assertThat(report.summary()).isEqualTo("No change of an effect with time was found.");
  }

  @Test
  void takesTheWindowsThatTellMost() {
    // All units are there for the third window, and few for more.
    Trial trial = simulated(4, 3_000, _ -> 0.2);
    List<Window> few = new ArrayList<>(trial.windows.subList(0, 3));
    windows(5, 400, _ -> 0.2, false).subList(3, 6).forEach(few::add);
    trial.windows = few;
    Trend trend = told(trial).trends().getFirst();
    assertThat(trend.windows()).isEqualTo(3);
    assertThat(trend.units()).isEqualTo(few.get(2).arms().stream().mapToLong(Sums::units).sum());
  }

  @Test
  void tellsNothingOfFewUnits() {
    NoveltyReport report = told(simulated(4, 30, _ -> 0.2));
    assertThat(report.windows()).isNotEmpty();
    Trend trend = report.trends().getFirst();
    assertThat(trend.course()).isEqualTo(Course.UNKNOWN);
    assertThat(trend.slope()).isInstanceOf(Answer.Untold.class);
    assertThat(report.summary()).isEqualTo("Whether effects change with time can't be told yet.");
  }

  @Test
  void leavesOutWindowsThatHaveEndedForNobody() {
    Trial trial = simulated(4, 3_000, _ -> 0.2);
    Sums nobody = new Sums(0, new MeanSample(new MomentsBuilder(6).build()));
    List<Window> windows = new ArrayList<>(trial.windows.subList(0, 5));
    Window last = trial.windows.getLast();
    windows.add(new Window(last.from(), last.to(), List.of(nobody, nobody)));
    trial.windows = windows;
    assertThat(told(trial).windows()).hasSize(5);
    assertThat(told(trial).trends().getFirst().windows()).isEqualTo(5);
  }

  @Test
  void tellsNothingOfAnArmWithFewUnits() {
    Trial trial = simulated(4, 3_000, _ -> 0.2);
    List<Window> few = windows(5, 30, _ -> 0.2, false);
    for (boolean control : List.of(true, false)) {
      trial.windows =
          IntStream.range(0, ENDS.length)
              .mapToObj(
                  index -> {
                    Window many = trial.windows.get(index);
                    return new Window(
                        many.from(),
                        many.to(),
                        List.of(
                            (control ? few.get(index) : many).arms().getFirst(),
                            (control ? many : few.get(index)).arms().getLast()));
                  })
              .toList();
      assertThat(told(trial).trends().getFirst().course()).isEqualTo(Course.UNKNOWN);
      trial.windows = windows(4, 3_000, _ -> 0.2, false);
    }
  }

  @Test
  void tellsNoTrendWhereTheControlDidNothing() {
    Trial trial = simulated(4, 3_000, _ -> 0.2);
    trial.windows =
        trial.windows.stream()
            .map(
                window ->
                    new Window(
                        window.from(),
                        window.to(),
                        List.of(idle(window.arms().getFirst()), window.arms().getLast())))
            .toList();
    assertThat(told(trial).trends().getFirst().course()).isEqualTo(Course.UNKNOWN);
  }

  @Test
  void asksForWindowsThatHaveEndedForSomebody() {
    Trial trial = simulated(1, 100, _ -> 0);
    trial.measure(new MetricKind.Sum(BUY, "amount"));
    after(trial, Duration.ofDays(10));
    told(trial);
    Question question = trial.questions.getLast();
    assertThat(question.windowEnds()).extracting(Duration::toDays).containsExactly(1L, 2L, 4L, 7L);
    assertThat(question.looks()).containsExactly(Trial.START.plus(Duration.ofDays(10)));
    assertThat(question.covariateDays()).isZero();
    // The metric's own window of two days is not what is asked for.
    assertThat(question.metric())
        .isNotNull()
        .satisfies(metric -> assertThat(metric.window()).isNull());
    trial.results().novelty(Trial.PROJECT, Trial.LATEST, "complaints", 3);
    assertThat(trial.questions.getLast().windowEnds())
        .extracting(Duration::toDays)
        .containsExactly(3L, 6L, 9L);
    assertThat(trial.questions.getLast().metric())
        .isNotNull()
        .satisfies(metric -> assertThat(metric.key()).isEqualTo("complaints"));
    after(trial, Duration.ofDays(300));
    told(trial);
    assertThat(trial.questions.getLast().windowEnds())
        .hasSize(NoveltyCheck.MOST_WINDOWS)
        .endsWith(Duration.ofDays(77));
  }

  @Test
  void leavesOutWhatHappenedAfterTheStop() {
    Trial trial =
        new Trial(DesignKind.CONFIDENCE_SEQUENCE, 20_000, Trial.START.plus(Duration.ofDays(5)));
    trial.measure(new MetricKind.Count(BUY));
    after(trial, Duration.ofDays(30));
    told(trial);
    assertThat(trial.questions.getLast().looks())
        .containsExactly(Trial.START.plus(Duration.ofDays(5)));
    assertThat(trial.questions.getLast().windowEnds()).endsWith(Duration.ofDays(4));
  }

  @Test
  void saysNothingBeforeAWindowHasEnded() {
    Trial trial = simulated(1, 100, _ -> 0);
    after(trial, Duration.ofHours(23));
    assertThat(told(trial).windows()).isEmpty();
    assertThat(told(trial).summary()).contains("No window has ended");
    assertThat(trial.questions).isEmpty();
    // A fixed design is told once, after its end.
    Trial fixed = new Trial(DesignKind.FIXED, 20_000);
    assertThat(told(fixed).windows()).isEmpty();
  }

  @Test
  void refusesMetricsWithDaysOfTheirOwn() {
    Stream.of(
            new MetricKind.Retention(BUY, Duration.ofDays(7), Duration.ofDays(14)),
            new MetricKind.Funnel(List.of(BUY, BUY), Duration.ofDays(1)),
            new MetricKind.Quantile(BUY, "amount", 0.5))
        .forEach(
            kind -> {
              Trial trial = new Trial(DesignKind.CONFIDENCE_SEQUENCE, 20_000);
              trial.measure(kind);
              assertThatThrownBy(() -> told(trial))
                  .isInstanceOfSatisfying(
                      Failure.class,
                      failure -> assertThat(failure.reason()).isEqualTo(Reason.FAILED_PRECONDITION))
                  .hasMessageContaining("'sales'");
            });
  }

  @Test
  void refusesWhatIsNotAsked() {
    ExperimentResults results = new Trial(DesignKind.CONFIDENCE_SEQUENCE, 20_000).results();
    assertThatThrownBy(() -> results.novelty(Trial.PROJECT, Trial.LATEST, "weather", 0))
        .hasMessageContaining("metric");
    assertThatThrownBy(() -> results.novelty(Trial.PROJECT, Trial.LATEST, "", 29))
        .hasMessageContaining("window_days");
    assertThatThrownBy(() -> results.novelty(Trial.PROJECT, Trial.LATEST, "", -1))
        .hasMessageContaining("window_days");
  }

  /** So long after the start, events until just before are known. */
  private static void after(Trial trial, Duration time) {
    trial.clock.set(Trial.START.plus(time));
    trial.newest = trial.clock.instant().minusMillis(1);
  }

  private static NoveltyReport told(Trial trial) {
    return trial.results().novelty(Trial.PROJECT, Trial.LATEST, "", 0);
  }

  private static Answer.Told effect(NoveltyReport report, int window) {
    return (Answer.Told) report.windows().get(window).contrasts().getFirst().outcome();
  }

  private static Sums idle(Sums sums) {
    int size = ((MeanSample) Objects.requireNonNull(sums.sample())).moments().dimensions();
    MomentsBuilder moments = new MomentsBuilder(size);
    for (int unit = 0; unit < sums.units(); unit++) {
      moments.add(new double[size]);
    }
    return new Sums(sums.units(), new MeanSample(moments.build()));
  }

  private static Trial simulated(int seed, int units, IntToDoubleFunction effect) {
    Trial trial = new Trial(DesignKind.CONFIDENCE_SEQUENCE, 20_000);
    after(trial, Duration.ofDays(21));
    trial.windows = windows(seed, units, effect, false);
    return trial;
  }

  /**
   * Units that came one after the other, so that fewer have been there for longer.
   *
   * @param effect relative, by window
   */
  private static List<Window> windows(
      int seed, int units, IntToDoubleFunction effect, boolean ratio) {
    SplittableRandom random = new SplittableRandom(seed);
    List<List<double[]>> arms = new ArrayList<>();
    for (int arm = 0; arm < 2; arm++) {
      List<double[]> of = new ArrayList<>();
      for (int unit = 0; unit < units; unit++) {
        int ended = ENDS.length - unit * ENDS.length / (2 * units);
        double size = Math.exp(random.nextGaussian() / 2);
        double[] numbers = new double[ratio ? 2 * ended : ended];
        for (int window = 0; window < ended; window++) {
          double much = size * 10 / (1 + window) * (1 + random.nextGaussian() / 2);
          double number = much * (arm == 0 ? 1 : 1 + effect.applyAsDouble(window));
          int at = ended - 1 - window;
          if (ratio) {
            double events = 1 + random.nextInt(4);
            numbers[2 * at] = number * events;
            numbers[2 * at + 1] = events;
          } else {
            numbers[at] = number;
          }
        }
        of.add(numbers);
      }
      arms.add(of);
    }
    int width = ratio ? 2 : 1;
    return IntStream.range(0, ENDS.length)
        .mapToObj(
            window ->
                new Window(
                    Duration.ofDays(window == 0 ? 0 : ENDS[window - 1]),
                    Duration.ofDays(ENDS[window]),
                    arms.stream().map(of -> sums(of, (window + 1) * width, ratio)).toList()))
        .toList();
  }

  private static Sums sums(List<double[]> units, int numbers, boolean ratio) {
    MomentsBuilder moments = new MomentsBuilder(numbers);
    long count = 0;
    for (double[] unit : units) {
      if (unit.length >= numbers) {
        moments.add(Arrays.copyOfRange(unit, unit.length - numbers, unit.length));
        count++;
      }
    }
    return new Sums(
        count, ratio ? new RatioSample(moments.build()) : new MeanSample(moments.build()));
  }
}
