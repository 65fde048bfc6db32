package io.tenure.experiment.domain.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tenure.condition.domain.EventSelector;
import io.tenure.evaluator.Dealing;
import io.tenure.evaluator.UnitType;
import io.tenure.experiment.domain.InMemoryShelf;
import io.tenure.experiment.domain.analysis.Answer;
import io.tenure.experiment.domain.analysis.SharedLooks;
import io.tenure.experiment.domain.analysis.Turns;
import io.tenure.experiment.domain.experiment.AnalysisPlan;
import io.tenure.experiment.domain.experiment.AnalysisPlan.DesignKind;
import io.tenure.experiment.domain.experiment.Design;
import io.tenure.experiment.domain.experiment.Experiment;
import io.tenure.experiment.domain.experiment.Holdout;
import io.tenure.experiment.domain.experiment.Run;
import io.tenure.experiment.domain.experiment.Stage;
import io.tenure.experiment.domain.experiment.State;
import io.tenure.experiment.domain.flag.Share;
import io.tenure.experiment.domain.metric.Metric;
import io.tenure.experiment.domain.metric.MetricKind;
import io.tenure.experiment.domain.result.ArmSource.Arms;
import io.tenure.experiment.domain.result.ArmSource.Look;
import io.tenure.experiment.domain.result.ArmSource.Sums;
import io.tenure.experiment.store.JsonRegistrar;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.platform.testing.MutableClock;
import io.tenure.statistics.balance.Severity;
import io.tenure.statistics.effect.Direction;
import io.tenure.statistics.sample.ProportionSample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a hold-out shows of everything it keeps its units from. */
final class HoldoutReportsTest {

  private static final ProjectId PROJECT = new ProjectId("bank");
  private static final Caller ANN = new Caller(PROJECT, "person:ann", Caller.Role.EDITOR);
  private static final Instant FIRST = Instant.parse("2026-01-05T09:00:00Z");
  private static final Instant SECOND = Instant.parse("2026-02-01T00:00:00Z");
  private static final Instant NOW = Instant.parse("2026-03-01T12:34:56Z");

  private final MutableClock clock = new MutableClock(NOW);
  private final InMemoryShelf<Holdout> holdouts = new InMemoryShelf<>();
  private final InMemoryShelf<Experiment> experiments = new InMemoryShelf<>();
  private final InMemoryShelf<Metric> metrics = new InMemoryShelf<>();
  private final List<HoldoutSource.Question> questions = new ArrayList<>();

  /** One in five is held out; the others buy more from the first look on. */
  private Sums heldOut = new Sums(2_000, new ProportionSample(200, 2_000));

  private Sums treated = new Sums(8_000, new ProportionSample(1_200, 8_000));

  @BeforeEach
  void define() {
    holdouts.create(ANN, new Holdout("all", "All", "", UnitType.USER, 2_000, false));
    metrics.create(ANN, metric("sales"));
    metrics.create(ANN, metric("visits"));
    experiments.create(ANN, experiment("menu", List.of("all"), List.of("sales"), SECOND, ""));
    experiments.create(
        ANN, experiment("rates", List.of("all"), List.of("visits", "sales"), FIRST, "new"));
    experiments.create(ANN, experiment("other", List.of(), List.of("sales"), FIRST, ""));
  }

  @Test
  void comparesAllOthersWithThoseHeldOut() {
    HoldoutReport report = report(asked(List.of("sales"), null, null));

    assertThat(report.balance().arms()).containsExactly("held_out", "treated");
    assertThat(report.balance().units()).containsExactly(2_000L, 8_000L);
    assertThat(report.severityOverLooks()).isEqualTo(Severity.FINE);
    assertThat(report.findings()).isEmpty();
    Answer.Told told = told(report);
    assertThat(told.effect().estimate()).isCloseTo(0.5, within(1e-12));
    assertThat(told.significant()).isTrue();
    List<Series.Point> points = report.series().getFirst().points();
    assertThat(points).hasSize(questions.getFirst().looks().size());
    assertThat(points.getLast().time()).isEqualTo(report.look());
    assertThat(Objects.requireNonNull(points.getLast().effects().get("treated")).interval())
        .isEqualTo(told.effect().interval());
  }

  @Test
  void asksByTheBucketsThatFlagsUse() {
    report(asked(List.of("sales"), null, null));
    assertThat(questions).hasSize(2);
    HoldoutSource.Question question = questions.getLast();
    assertThat(question.dealing()).isEqualTo(Dealing.of(UnitType.USER, "holdout/all"));
    assertThat(question.weights()).containsExactly(2_000, 8_000);
    assertThat(question.start()).isEqualTo(FIRST);
    assertThat(question.asOf()).isEqualTo(Instant.parse("2026-03-01T12:34:00Z"));
    assertThat(question.looks()).endsWith(question.asOf()).isSorted();
    assertThat(question.covariateDays()).isEqualTo(28);
    assertThat(questions.getFirst().metric()).isNull();
  }

  @Test
  void namesTheExperimentsInTheOrderTheyStarted() {
    HoldoutReport report = report(asked(List.of(), null, null));
    assertThat(report.members())
        .extracting(member -> member.experiment().key() + member.start())
        .containsExactly("rates" + FIRST, "menu" + SECOND);
    // Their metrics, each once.
    assertThat(report.metrics())
        .extracting(judged -> judged.metric().key())
        .containsExactly("visits", "sales");
  }

  @Test
  void canBeginLaterAndBeAskedAsOfThen() {
    Instant asOf = SECOND.plus(Duration.ofDays(3));
    HoldoutReport report = report(asked(List.of("sales"), SECOND, asOf));
    assertThat(report.start()).isEqualTo(SECOND);
    assertThat(report.look()).isEqualTo(asOf);
    assertThat(report.asOf()).isEqualTo(asOf);
    assertThatThrownBy(() -> report(asked(List.of("sales"), FIRST.minusSeconds(1), null)))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("start_time");
    assertThatThrownBy(() -> report(asked(List.of("sales"), SECOND, SECOND)))
        .hasMessageContaining("as_of");
    // Later than now is now.
    assertThat(report(asked(List.of("sales"), null, NOW.plusSeconds(99))).asOf())
        .isBeforeOrEqualTo(NOW);
  }

  @Test
  void warnsWhenTooFewOfASideComeBack() {
    heldOut = new Sums(1_700, new ProportionSample(170, 1_700));
    HoldoutReport report = report(asked(List.of("sales"), null, null));
    assertThat(report.severityOverLooks()).isEqualTo(Severity.ALARM);
    assertThat(report.findings()).singleElement().asString().contains("Not as many units");
  }

  @Test
  void asksForMoreThanOneLookWould() {
    // One planned look would see it: z = 2.9. All looks together must not.
    treated = new Sums(8_000, new ProportionSample(976, 8_000));
    Answer.Told told = told(report(asked(List.of("sales"), null, null)));
    assertThat(told.effect().interval().low()).isNegative();
    assertThat(told.significant()).isFalse();
  }

  @Test
  void isTunedForWhatTheFirstExperimentPlanned() {
    double planned = width(report(asked(List.of("sales"), null, null)));
    experiments.create(
        ANN,
        experiment(
            "zero", List.of("all"), List.of("sales"), FIRST.minusSeconds(60), "", 1_000_000));
    assertThat(width(report(asked(List.of("sales"), null, null)))).isGreaterThan(1.3 * planned);
  }

  private static double width(HoldoutReport report) {
    return told(report).effect().interval().high() - told(report).effect().interval().low();
  }

  @Test
  void refusesWhatHasNothingToShow() {
    assertThatThrownBy(() -> report(new HoldoutReports.Asked("none", List.of(), null, null, 0)))
        .hasMessageContaining("none");
    holdouts.create(ANN, new Holdout("idle", "Idle", "", UnitType.USER, 100, false));
    assertThatThrownBy(() -> report(new HoldoutReports.Asked("idle", List.of(), null, null, 0)))
        .hasMessageContaining("No experiment was started");
    assertThatThrownBy(() -> report(asked(List.of("profit"), null, null)))
        .hasMessageContaining("profit");
  }

  @Test
  void endsWithTheHoldout() {
    clock.set(Instant.now().plus(Duration.ofDays(30)));
    holdouts.update(ANN, new Holdout("all", "All", "", UnitType.USER, 2_000, true), "");
    Instant end = holdouts.get(PROJECT, "all").updateTime();
    HoldoutReport report = report(asked(List.of("sales"), null, null));
    assertThat(report.look()).isEqualTo(end);
    assertThatThrownBy(() -> report(asked(List.of("sales"), end.plusSeconds(1), null)))
        .hasMessageContaining("start_time");
  }

  private HoldoutReport report(HoldoutReports.Asked asked) {
    return new HoldoutReports(
            holdouts,
            experiments,
            metrics,
            new JsonRegistrar(),
            this::answer,
            new SharedLooks(),
            new Turns(1, Duration.ofMinutes(1)),
            clock)
        .report(PROJECT, asked);
  }

  private Arms answer(ProjectId project, HoldoutSource.Question question) {
    questions.add(question);
    return new Arms(
        question.looks().stream()
            .map(look -> new Look(look, List.of(heldOut, treated), 0, 0))
            .toList(),
        List.of(),
        null);
  }

  private static HoldoutReports.Asked asked(
      List<String> metrics, @Nullable Instant start, @Nullable Instant asOf) {
    return new HoldoutReports.Asked("all", metrics, start, asOf, 28);
  }

  private static Answer.Told told(HoldoutReport report) {
    return (Answer.Told)
        Objects.requireNonNull(report.metrics().getFirst().answers())
            .answers()
            .getFirst()
            .outcome();
  }

  private static Metric metric(String key) {
    return new Metric(
        key,
        key,
        "",
        Direction.HIGHER_IS_BETTER,
        new MetricKind.Conversion(new EventSelector(key, List.of())),
        null,
        1,
        "");
  }

  private static Experiment experiment(
      String key, List<String> holdouts, List<String> goals, Instant start, String decided) {
    return experiment(key, holdouts, goals, start, decided, 10_000);
  }

  private static Experiment experiment(
      String key,
      List<String> holdouts,
      List<String> goals,
      Instant start,
      String decided,
      long planned) {
    Design design =
        new Design(
            key,
            "It helps",
            "home",
            UnitType.USER,
            null,
            List.of(new Share("new", 5_000), new Share("old", 5_000)),
            "old",
            null,
            holdouts,
            List.of(),
            new AnalysisPlan(
                goals,
                List.of(),
                DesignKind.FIXED,
                0.05,
                0.8,
                0.05,
                planned,
                null,
                0,
                AnalysisPlan.Breaker.NONE));
    Run run =
        new Run(
            start,
            null,
            null,
            List.of(new Stage(start, 10_000)),
            List.of(),
            new JsonRegistrar().register(key, 1, design, List.of()),
            decided);
    return new Experiment(
        key,
        design,
        decided.isEmpty() ? State.RUNNING : State.DECIDED,
        1,
        List.of(run),
        Set.of("person:ann"),
        List.of());
  }
}
