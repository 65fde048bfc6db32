package io.tenure.experiment.domain.result;

import io.tenure.experiment.domain.Shelf;
import io.tenure.experiment.domain.experiment.AnalysisPlan;
import io.tenure.experiment.domain.experiment.Design;
import io.tenure.experiment.domain.experiment.Experiment;
import io.tenure.experiment.domain.experiment.Registrar;
import io.tenure.experiment.domain.experiment.Run;
import io.tenure.experiment.domain.flag.Share;
import io.tenure.experiment.domain.metric.Metric;
import io.tenure.experiment.domain.metric.MetricKind;
import io.tenure.experiment.domain.result.ArmSource.Arms;
import io.tenure.experiment.domain.result.ArmSource.Dimension;
import io.tenure.experiment.domain.result.ArmSource.Question;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.tenancy.ProjectId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Gathers what an answer about a run is made of. */
final class EvidenceRoom {

  private final Shelf<Experiment> experiments;
  private final Shelf<Metric> metrics;
  private final Registrar registrar;
  private final ArmSource source;
  private final Clock clock;

  EvidenceRoom(
      Shelf<Experiment> experiments,
      Shelf<Metric> metrics,
      Registrar registrar,
      ArmSource source,
      Clock clock) {
    this.experiments = experiments;
    this.metrics = metrics;
    this.registrar = registrar;
    this.source = source;
    this.clock = clock;
  }

  /**
   * Gathers evidence.
   *
   * @param asked which run, and when
   * @param dimension tells units apart; null for not at all
   * @param byMetric whether metrics are wanted by the dimension, too
   * @throws Failure NOT_FOUND, or FAILED_PRECONDITION when the run never started
   */
  Evidence gather(ProjectId project, Asked asked, @Nullable Dimension dimension, boolean byMetric) {
    Stand stand = stand(project, asked);
    Question known = stand.known();
    List<Instant> looks = known.looks();
    AnalysisPlan plan = stand.design().plan();
    Arms units = source.ask(project, withNow(known, looks, known.asOf()).by(dimension));
    Basis basis =
        stand.basis(
            looks.isEmpty()
                ? units.looks().getLast().units()
                : units.looks().get(looks.size() - 1).units());
    Question measured = byMetric ? known.by(dimension) : known;
    return new Evidence(
        basis,
        known.arms(),
        units,
        stand.goals().stream()
            .map(metric -> measured(project, measured, metric, null, plan))
            .toList(),
        guardrails(project, measured, stand.guards(), plan));
  }

  /**
   * Where a run stands, before anything is asked of its arms.
   *
   * @throws Failure NOT_FOUND, or FAILED_PRECONDITION when the run never started
   */
  Stand stand(ProjectId project, Asked asked) {
    Experiment experiment = experiments.get(project, asked.experiment()).content();
    int phase = asked.phase() == 0 ? experiment.runs().size() : asked.phase();
    if (experiment.runs().isEmpty()) {
      throw Failure.of(
          Reason.FAILED_PRECONDITION,
          "The experiment '" + experiment.key() + "' was never started");
    }
    if (phase < 1 || phase > experiment.runs().size()) {
      throw Failure.invalid("phase", "must be 1 to " + experiment.runs().size());
    }
    Run run = experiment.runs().get(phase - 1);
    Design design = registrar.read(run.registration());
    AnalysisPlan plan = design.plan();
    List<Metric> goals = metrics(project, plan.goals().stream());
    List<Metric> guards =
        metrics(project, plan.guardrails().stream().map(AnalysisPlan.Guardrail::metric));
    LookSchedule schedule =
        new LookSchedule(
            plan.design(),
            run.start(),
            run.stop(),
            longest(Stream.concat(goals.stream(), guards.stream())));
    Instant now = clock.instant();
    Question question = question(experiment.key(), phase, run, design, now);
    Instant asOf = asOf(project, asked, question, schedule, run);
    Question known = at(question, run, schedule.until(asOf), asOf);
    return new Stand(run, design, goals, guards, known, now, schedule.after(asOf));
  }

  /** What arms did. */
  Arms ask(ProjectId project, Question question) {
    return source.ask(project, question);
  }

  private List<Evidence.Measured> guardrails(
      ProjectId project, Question question, List<Metric> guards, AnalysisPlan plan) {
    List<Evidence.Measured> measured = new ArrayList<>();
    for (int i = 0; i < guards.size(); i++) {
      measured.add(
          measured(project, question, guards.get(i), plan.guardrails().get(i).margin(), plan));
    }
    return measured;
  }

  private Evidence.Measured measured(
      ProjectId project,
      Question question,
      Metric metric,
      @Nullable Double margin,
      AnalysisPlan plan) {
    return new Evidence.Measured(
        metric,
        margin,
        question.looks().isEmpty()
            ? null
            : source.ask(project, question.of(metric, plan.covariateDays())));
  }

  private List<Metric> metrics(ProjectId project, Stream<String> keys) {
    return keys.map(key -> metrics.get(project, key).content()).toList();
  }

  private static Question question(
      String experiment, int phase, Run run, Design design, Instant now) {
    return new Question(
        experiment,
        phase,
        arms(design),
        design.unit(),
        run.start(),
        Objects.requireNonNullElse(run.stop(), now),
        List.of(),
        null,
        0,
        null,
        now);
  }

  /** Names of the arms, the control first. */
  static List<String> arms(Design design) {
    List<String> arms = new ArrayList<>(List.of(design.control()));
    design.arms().stream()
        .map(Share::variant)
        .filter(variant -> !variant.equals(design.control()))
        .forEach(arms::add);
    return arms;
  }

  /**
   * Just after what is known, or a look that has come since although nothing has happened: what
   * happens at an instant is seen after it.
   */
  private Instant asOf(
      ProjectId project, Asked asked, Question question, LookSchedule schedule, Run run) {
    Instant earliest = run.start().plusMillis(1);
    Instant wanted = asked.asOf();
    if (wanted != null) {
      if (wanted.isBefore(earliest)) {
        throw Failure.invalid("as_of", "must be after the start of the run, " + run.start());
      }
      return wanted.isBefore(question.asOf()) ? wanted : question.asOf();
    }
    return Stream.of(
            Stream.of(earliest),
            Stream.ofNullable(source.newest(project, question)).map(time -> time.plusMillis(1)),
            Stream.ofNullable(schedule.latest(question.asOf())))
        .flatMap(times -> times)
        .max(Instant::compareTo)
        .orElse(earliest);
  }

  private static Question at(Question question, Run run, List<Instant> looks, Instant asOf) {
    Instant stop = run.stop();
    Instant until = stop != null && stop.isBefore(asOf) ? stop : asOf;
    Instant end = until.isAfter(run.start()) ? until : run.start().plusMillis(1);
    return new Question(
        question.experiment(),
        question.phase(),
        question.arms(),
        question.unit(),
        question.from(),
        end,
        looks,
        null,
        0,
        null,
        asOf);
  }

  private static Question withNow(Question question, List<Instant> looks, Instant asOf) {
    List<Instant> all = new ArrayList<>(looks);
    if (looks.isEmpty() || looks.getLast().isBefore(asOf)) {
      all.add(asOf);
    }
    return question.at(all);
  }

  /** After so long no metric of a unit changes any more. */
  private static Duration longest(Stream<Metric> metrics) {
    return metrics.map(EvidenceRoom::age).max(Duration::compareTo).orElse(Duration.ZERO);
  }

  private static Duration age(Metric metric) {
    return metric.kind() instanceof MetricKind.Retention retention
        ? retention.to()
        : Objects.requireNonNullElse(metric.window(), Duration.ZERO);
  }
}
