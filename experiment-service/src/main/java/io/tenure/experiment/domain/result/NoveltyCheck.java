package io.tenure.experiment.domain.result;

import io.tenure.experiment.domain.analysis.Answer;
import io.tenure.experiment.domain.metric.Metric;
import io.tenure.experiment.domain.metric.MetricKind;
import io.tenure.experiment.domain.result.ArmSource.Arms;
import io.tenure.experiment.domain.result.ArmSource.Question;
import io.tenure.experiment.domain.result.ArmSource.Window;
import io.tenure.experiment.domain.result.NoveltyReport.Course;
import io.tenure.experiment.domain.result.NoveltyReport.Trend;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.statistics.effect.Comparison;
import io.tenure.statistics.effect.Scale;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells an effect by the days since the first exposure, and whether it changes with them. */
final class NoveltyCheck {

  /** Most windows that are asked for at once. */
  static final int MOST_WINDOWS = 14;

  /** Most days of one window. */
  static final int MOST_DAYS = 28;

  private static final List<Integer> WIDENING = List.of(1, 2, 4);

  private final Stand stand;
  private final Metric metric;
  private final Exploration exploration;

  private NoveltyCheck(Stand stand, Metric metric) {
    this.stand = stand;
    this.metric = metric;
    this.exploration = new Exploration(stand.design().plan().alpha());
  }

  /** A check of a metric that has no days of its own. */
  static NoveltyCheck of(Stand stand, Metric metric) {
    switch (metric.kind()) {
      case MetricKind.Conversion _, MetricKind.Count _, MetricKind.Sum _, MetricKind.Ratio _ -> {}
      case MetricKind.Retention _ -> throw refusal(metric, "a retention has days of its own");
      case MetricKind.Funnel _ -> throw refusal(metric, "a funnel's steps lie on several days");
      case MetricKind.Quantile _ ->
          throw refusal(metric, "quantiles of several windows can't be compared unit by unit");
    }
    return new NoveltyCheck(stand, metric);
  }

  /**
   * What to ask; null before any window has ended.
   *
   * @param width of a window in days; 0 for windows that widen
   */
  @Nullable Question question(int width) {
    Instant look = look();
    if (look == null) {
      return null;
    }
    Question known = stand.known();
    List<Duration> ends = ends(width).filter(end -> !known.from().plus(end).isAfter(look)).toList();
    return ends.isEmpty() ? null : known.of(withoutWindow(metric), 0).at(List.of(look)).in(ends);
  }

  /**
   * The latest look, or the stop before it: what happens to units that are no longer served their
   * variant is no effect of it.
   */
  private @Nullable Instant look() {
    Instant look = stand.look();
    Instant stop = stand.run().stop();
    Instant end = look != null && stop != null && stop.isBefore(look) ? stop : look;
    return end != null && end.isAfter(stand.known().from()) ? end : null;
  }

  private static Stream<Duration> ends(int width) {
    return IntStream.range(0, MOST_WINDOWS)
        .map(
            window -> {
              if (width > 0) {
                return width * (window + 1);
              }
              return window < WIDENING.size()
                  ? WIDENING.get(window)
                  : 7 * (window - WIDENING.size() + 1);
            })
        .mapToObj(Duration::ofDays);
  }

  /** The report when nothing can be asked. */
  NoveltyReport nothing() {
    return new NoveltyReport(
        stand.basis(0),
        metric.key(),
        List.of(),
        List.of(),
        "No window has ended for any unit yet.");
  }

  /** The report of what arms did. */
  NoveltyReport report(Arms arms) {
    List<String> names = stand.known().arms();
    List<NoveltyReport.Window> windows =
        arms.windows().stream()
            .filter(window -> window.arms().stream().anyMatch(sums -> sums.units() > 0))
            .map(
                window ->
                    new NoveltyReport.Window(
                        (int) window.from().toDays(),
                        (int) window.to().toDays() - 1,
                        exploration.contrasts(names, window.arms())))
            .toList();
    List<TrendOverWindows> slopes = new ArrayList<>();
    List<Window> counted = arms.windows().subList(0, windows.size());
    for (int arm = 1; arm < names.size(); arm++) {
      slopes.add(TrendOverWindows.of(counted, arm, exploration.alpha()));
    }
    List<Comparison> questions = slopes.stream().map(TrendOverWindows::comparison).toList();
    List<Answer.Outcome> outcomes = exploration.together(questions, Scale.ABSOLUTE);
    List<Trend> trends = new ArrayList<>();
    for (int arm = 1; arm < names.size(); arm++) {
      trends.add(trend(windows, arm, slopes.get(arm - 1), outcomes.get(arm - 1)));
    }
    return new NoveltyReport(
        stand.basis(arms.looks().getLast().units()),
        metric.key(),
        windows,
        trends,
        summary(trends));
  }

  private Trend trend(
      List<NoveltyReport.Window> windows, int arm, TrendOverWindows slope, Answer.Outcome outcome) {
    String name = stand.known().arms().get(arm);
    List<NoveltyReport.Window> over = windows.subList(0, slope.windows());
    Course course = course(over, arm, outcome);
    String change =
        over.isEmpty()
            ? ""
            : "%s on %s, %s on %s"
                .formatted(
                    Exploration.percent(over.getFirst().contrasts().get(arm - 1).outcome()),
                    over.getFirst().words(),
                    Exploration.percent(over.getLast().contrasts().get(arm - 1).outcome()),
                    over.getLast().words());
    String summary =
        switch (course) {
          case UNKNOWN ->
              "Whether the effect of '%s' on '%s' changes with time can't be told yet."
                  .formatted(name, metric.key());
          case STEADY ->
              "No change of the effect of '%s' on '%s' with time was found%s: %s."
                  .formatted(name, metric.key(), p(outcome), change);
          case FADES ->
              "The effect of '%s' on '%s' fades with time%s: %s."
                  .formatted(name, metric.key(), p(outcome), change);
          case GROWS ->
              "The effect of '%s' on '%s' grows with time%s: %s."
                  .formatted(name, metric.key(), p(outcome), change);
        };
    return new Trend(name, course, outcome, slope.windows(), slope.units(), summary);
  }

  /** Which way an effect goes depends on which side of zero it is. */
  private static Course course(
      List<NoveltyReport.Window> windows, int arm, Answer.Outcome outcome) {
    return switch (outcome) {
      case Answer.Untold _ -> Course.UNKNOWN;
      case Answer.Told told when !told.significant() -> Course.STEADY;
      case Answer.Told told -> {
        double side = 0;
        for (NoveltyReport.Window window : windows) {
          if (window.contrasts().get(arm - 1).outcome() instanceof Answer.Told effect) {
            double error = effect.effect().standardError();
            side += effect.effect().estimate() / (error * error);
          }
        }
        yield side * told.effect().estimate() < 0 ? Course.FADES : Course.GROWS;
      }
    };
  }

  private static String p(Answer.Outcome outcome) {
    return outcome instanceof Answer.Told told
        ? String.format(Locale.ROOT, " (p = %.2g)", told.effect().pValue())
        : "";
  }

  private static String summary(List<Trend> trends) {
    if (trends.stream().anyMatch(trend -> trend.course() == Course.FADES)) {
      return "The first days promise, or threaten, more than what lasts: judge by later days.";
    }
    if (trends.stream().anyMatch(trend -> trend.course() == Course.GROWS)) {
      return "The first days show less than what comes: judge by later days.";
    }
    return trends.stream().allMatch(trend -> trend.course() == Course.UNKNOWN)
        ? "Whether effects change with time can't be told yet."
        : "No change of an effect with time was found.";
  }

  private static Metric withoutWindow(Metric metric) {
    return new Metric(
        metric.key(),
        metric.displayName(),
        metric.description(),
        metric.direction(),
        metric.kind(),
        null,
        metric.capQuantile(),
        metric.currency());
  }

  private static Failure refusal(Metric metric, String why) {
    return Failure.of(
        Reason.FAILED_PRECONDITION,
        "The metric '" + metric.key() + "' can't be told by days since the exposure: " + why);
  }
}
