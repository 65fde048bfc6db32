package io.tenure.experiment.domain.result;

import io.tenure.condition.domain.EventSelector;
import io.tenure.evaluator.UnitType;
import io.tenure.experiment.domain.InMemoryShelf;
import io.tenure.experiment.domain.analysis.SharedLooks;
import io.tenure.experiment.domain.analysis.Turns;
import io.tenure.experiment.domain.experiment.AnalysisPlan;
import io.tenure.experiment.domain.experiment.AnalysisPlan.DesignKind;
import io.tenure.experiment.domain.experiment.Change;
import io.tenure.experiment.domain.experiment.Design;
import io.tenure.experiment.domain.experiment.Experiment;
import io.tenure.experiment.domain.experiment.LayerShare;
import io.tenure.experiment.domain.experiment.Run;
import io.tenure.experiment.domain.experiment.Stage;
import io.tenure.experiment.domain.experiment.State;
import io.tenure.experiment.domain.flag.Share;
import io.tenure.experiment.domain.metric.Metric;
import io.tenure.experiment.domain.metric.MetricKind;
import io.tenure.experiment.store.JsonRegistrar;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.platform.testing.MutableClock;
import io.tenure.statistics.effect.Direction;
import io.tenure.statistics.multiplicity.Correction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A run with a goal and a guardrail, whose arms did what a test says. */
final class Trial implements ArmSource {

  static final ProjectId PROJECT = new ProjectId("bank");
  static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  static final Asked LATEST = new Asked("rates", 0, null);

  final MutableClock clock = new MutableClock(START.plus(Duration.ofDays(10)));
  final List<Question> questions = new ArrayList<>();
  final InMemoryShelf<Experiment> experiments = new InMemoryShelf<>();
  final InMemoryShelf<Metric> metrics = new InMemoryShelf<>();

  /** What an arm did by a look, counted from 0. */
  interface Deeds {
    Sums of(@Nullable Metric metric, int arm, int look);
  }

  Deeds deeds = (_, _, _) -> new Sums(0, null);
  List<Slice> slices = List.of();

  /** Windows after the first exposure. */
  List<Window> windows = List.of();

  /** Slices by the arms of other experiments. */
  final Map<String, List<Slice>> crossed = new HashMap<>();

  long mixed;
  @Nullable Instant newest = START.plus(Duration.ofDays(10));

  Trial(DesignKind design, long plannedUnits) {
    this(design, plannedUnits, null);
  }

  Trial(DesignKind design, long plannedUnits, @Nullable Instant stop) {
    this(design, plannedUnits, stop, Direction.HIGHER_IS_BETTER);
  }

  Trial(DesignKind design, long plannedUnits, @Nullable Instant stop, Direction direction) {
    Caller ann = new Caller(PROJECT, "person:ann", Caller.Role.EDITOR);
    metrics.create(ann, metric("sales", direction));
    metrics.create(ann, metric("complaints", Direction.LOWER_IS_BETTER));
    Design registered =
        new Design(
            "",
            "It helps",
            "home",
            UnitType.USER,
            null,
            List.of(new Share("new", 5_000), new Share("old", 5_000)),
            "old",
            new LayerShare("page", 5_000),
            List.of(),
            List.of(),
            new AnalysisPlan(
                List.of("sales"),
                List.of(new AnalysisPlan.Guardrail("complaints", 0.1)),
                design,
                0.05,
                0.8,
                0.05,
                plannedUnits,
                Correction.HOLM,
                0,
                AnalysisPlan.Breaker.PAUSE));
    Run run =
        new Run(
            START,
            null,
            stop,
            List.of(new Stage(START, 10_000)),
            List.of(),
            new JsonRegistrar().register("rates", 1, registered, List.of()),
            "");
    experiments.create(
        ann,
        new Experiment(
            "rates",
            registered,
            stop == null ? State.RUNNING : State.STOPPED,
            1,
            List.of(run),
            Set.of("person:ann"),
            List.of(new Change("start", State.APPROVED, State.RUNNING, "person:ann", START, ""))));
  }

  ExperimentResults results() {
    return new ExperimentResults(
        experiments,
        metrics,
        new JsonRegistrar(),
        this,
        new SharedLooks(),
        new Turns(1, Duration.ofMinutes(1)),
        clock);
  }

  @Override
  public Arms ask(ProjectId project, Question question) {
    questions.add(question);
    List<Look> looks = new ArrayList<>();
    for (int look = 0; look < question.looks().size(); look++) {
      List<Sums> arms = new ArrayList<>();
      for (int arm = 0; arm < question.arms().size(); arm++) {
        arms.add(deeds.of(question.metric(), arm, look));
      }
      looks.add(new Look(question.looks().get(look), arms, mixed, 0));
    }
    List<Slice> told =
        switch (question.split()) {
          case null -> List.of();
          case Dimension _ -> slices;
          case OtherRun other -> crossed.getOrDefault(other.experiment(), List.of());
        };
    return new Arms(
        looks,
        told,
        null,
        windows.subList(0, Math.min(windows.size(), question.windowEnds().size())));
  }

  /** Gives another experiment a later run of the same design. */
  void again(String key, Instant start, @Nullable Instant stop) {
    Experiment first = experiments.get(PROJECT, key).content();
    List<Run> runs = new ArrayList<>(first.runs());
    runs.add(
        new Run(
            start,
            null,
            stop,
            List.of(new Stage(start, 10_000)),
            List.of(),
            first.runs().getFirst().registration(),
            ""));
    experiments.update(
        new Caller(PROJECT, "person:ann", Caller.Role.EDITOR),
        new Experiment(
            key,
            first.design(),
            first.state(),
            runs.size(),
            runs,
            first.designers(),
            first.changes()),
        "");
  }

  /** Another experiment of the project, with an arm "off" as its control and others. */
  void beside(
      String key,
      Instant start,
      @Nullable Instant stop,
      UnitType unit,
      @Nullable LayerShare layer,
      String... treatments) {
    List<Share> arms = new ArrayList<>();
    Stream.of(treatments).forEach(treatment -> arms.add(new Share(treatment, 1_000)));
    arms.add(new Share("off", 1_000));
    Design design =
        new Design(
            "",
            "It helps",
            "flag-" + key,
            unit,
            null,
            arms,
            "off",
            layer,
            List.of(),
            List.of(),
            experiments.get(PROJECT, "rates").content().design().plan());
    experiments.create(
        new Caller(PROJECT, "person:ann", Caller.Role.EDITOR),
        new Experiment(
            key,
            design,
            stop == null ? State.RUNNING : State.STOPPED,
            1,
            List.of(
                new Run(
                    start,
                    null,
                    stop,
                    List.of(new Stage(start, 10_000)),
                    List.of(),
                    new JsonRegistrar().register(key, 1, design, List.of()),
                    "")),
            Set.of("person:ann"),
            List.of()));
  }

  @Override
  public @Nullable Instant newest(ProjectId project, Question question) {
    return newest;
  }

  private static Metric metric(String key, Direction direction) {
    return metric(
        key, direction, new MetricKind.Conversion(new EventSelector(key, List.of())), null);
  }

  /** Makes the goal another kind of metric. */
  void measure(MetricKind kind) {
    Caller ann = new Caller(PROJECT, "person:ann", Caller.Role.EDITOR);
    metrics.update(ann, metric("sales", Direction.HIGHER_IS_BETTER, kind, Duration.ofDays(2)), "");
  }

  private static Metric metric(
      String key, Direction direction, MetricKind kind, @Nullable Duration window) {
    return new Metric(key, key, "", direction, kind, window, 1, "");
  }
}
