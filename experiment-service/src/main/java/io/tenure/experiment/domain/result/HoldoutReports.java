package io.tenure.experiment.domain.result;

import io.tenure.evaluator.Shares;
import io.tenure.experiment.domain.Shelf;
import io.tenure.experiment.domain.Stored;
import io.tenure.experiment.domain.analysis.Analysis;
import io.tenure.experiment.domain.analysis.SharedLooks;
import io.tenure.experiment.domain.analysis.Turns;
import io.tenure.experiment.domain.experiment.AnalysisPlan;
import io.tenure.experiment.domain.experiment.AnalysisPlan.Breaker;
import io.tenure.experiment.domain.experiment.AnalysisPlan.DesignKind;
import io.tenure.experiment.domain.experiment.Experiment;
import io.tenure.experiment.domain.experiment.ExperimentServing;
import io.tenure.experiment.domain.experiment.Holdout;
import io.tenure.experiment.domain.experiment.Registrar;
import io.tenure.experiment.domain.experiment.Run;
import io.tenure.experiment.domain.metric.Metric;
import io.tenure.experiment.domain.result.ArmSource.Arms;
import io.tenure.experiment.domain.result.HoldoutReport.Member;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.statistics.balance.SampleRatio;
import io.tenure.statistics.balance.Severity;
import io.tenure.statistics.multiplicity.Correction;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compares those held out with all others, whether they met an experiment or not: nobody registered
 * when to look, so it is judged by a confidence sequence, which holds however often people do.
 */
public final class HoldoutReports {

  /** Most metrics at once. */
  public static final int MOST_METRICS = 20;

  private static final double ALPHA = 0.05;
  private static final double POWER = 0.8;
  private static final double SMALLEST_EFFECT = 0.01;

  private final Shelf<Holdout> holdouts;
  private final Shelf<Experiment> experiments;
  private final Shelf<Metric> metrics;
  private final Registrar registrar;
  private final HoldoutSource source;
  private final SharedLooks shared;
  private final Turns turns;
  private final Clock clock;

  /** Reports about these hold-outs. */
  public HoldoutReports(
      Shelf<Holdout> holdouts,
      Shelf<Experiment> experiments,
      Shelf<Metric> metrics,
      Registrar registrar,
      HoldoutSource source,
      SharedLooks shared,
      Turns turns,
      Clock clock) {
    this.holdouts = holdouts;
    this.experiments = experiments;
    this.metrics = metrics;
    this.registrar = registrar;
    this.source = source;
    this.shared = shared;
    this.turns = turns;
    this.clock = clock;
  }

  /**
   * What is asked.
   *
   * @param holdout its key
   * @param metrics keys; empty for those of its experiments
   * @param start from when on deeds count; null for the first start of its experiments
   * @param asOf only events received before then; null for now
   * @param covariateDays days before a unit's first event that make a metric less noisy
   */
  public record Asked(
      String holdout,
      List<String> metrics,
      @Nullable Instant start,
      @Nullable Instant asOf,
      int covariateDays) {
    /** Copies the list. */
    public Asked {
      metrics = List.copyOf(metrics);
    }
  }

  /**
   * The report.
   *
   * @throws Failure NOT_FOUND, INVALID_ARGUMENT, or FAILED_PRECONDITION when no experiment was
   *     started with it
   */
  public HoldoutReport report(ProjectId project, Asked asked) {
    Stored<Holdout> stored = holdouts.get(project, asked.holdout());
    Holdout holdout = stored.content();
    List<Member> members = members(project, holdout.key());
    if (members.isEmpty()) {
      throw Failure.of(
          Reason.FAILED_PRECONDITION,
          "No experiment was started with the hold-out '" + holdout.key() + "'");
    }
    Instant now = clock.instant();
    Instant first = members.getFirst().start();
    Instant start = Objects.requireNonNullElse(asked.start(), first);
    if (start.isBefore(first)) {
      throw Failure.invalid("start_time", "must not be before its first experiment, " + first);
    }
    Instant asOf = asOf(asked, start, now);
    Instant end = holdout.ended() ? stored.updateTime() : null;
    List<Instant> looks =
        new LookSchedule(DesignKind.CONFIDENCE_SEQUENCE, start, end, Duration.ZERO).until(asOf);
    if (looks.isEmpty()) {
      throw Failure.invalid("start_time", "must be before the end of the hold-out, " + end);
    }
    HoldoutSource.Question question =
        new HoldoutSource.Question(
            ExperimentServing.dealing(holdout),
            List.of(HoldoutReport.HELD_OUT, HoldoutReport.TREATED),
            List.of(holdout.share(), Shares.WHOLE - holdout.share()),
            start,
            looks,
            null,
            0,
            asOf);
    Arms units = source.ask(project, question);
    List<Evidence.Measured> measured = new ArrayList<>();
    for (Metric metric : metrics(project, asked, members)) {
      Arms arms = source.ask(project, question.of(metric, asked.covariateDays()));
      measured.add(new Evidence.Measured(metric, null, arms));
    }
    return turns.take(
        () -> report(holdout, question, now, units, measured, asked.covariateDays(), members));
  }

  private HoldoutReport report(
      Holdout holdout,
      HoldoutSource.Question question,
      Instant now,
      Arms units,
      List<Evidence.Measured> measured,
      int covariateDays,
      List<Member> members) {
    long planned = members.getFirst().plannedUnits();
    Judgement judgement = new Judgement(plan(measured, covariateDays, planned), shared);
    List<Analysis.MetricAnswers> answers = judgement.together(measured, question.looks().size());
    List<Results.Judged> judged = new ArrayList<>();
    for (int i = 0; i < measured.size(); i++) {
      judged.add(ExperimentResults.judged(judgement, measured.get(i), answers.get(i)));
    }
    ArmSource.Look latest = units.looks().getLast();
    double[] weights = question.weights().stream().mapToDouble(Integer::doubleValue).toArray();
    List<Double> overLooks = HealthCheck.overLooks(units, weights);
    Health.Mixed mixed = HealthCheck.mixed(latest);
    return new HoldoutReport(
        holdout,
        question.start(),
        question.asOf(),
        now,
        question.looks().getLast(),
        new Results.Balance(
            question.arms(),
            latest.arms().stream().map(ArmSource.Sums::units).toList(),
            question.weights().stream().map(Integer::doubleValue).toList()),
        SampleRatio.check(latest.unitsByArm(), weights),
        overLooks,
        mixed,
        judged,
        measured.stream()
            .map(one -> ExperimentResults.series(question.arms(), judgement, one))
            .toList(),
        members,
        findings(overLooks.getLast(), mixed));
  }

  private static List<String> findings(double leastPValue, Health.Mixed mixed) {
    List<String> findings = new ArrayList<>();
    if (Severity.of(leastPValue) != Severity.FINE) {
      findings.add(
          "Not as many units came back as were dealt (p = %.2g over all looks): being held out changes who comes at all, or something loses units of one side"
              .formatted(leastPValue));
    }
    if (mixed.severity() != Severity.FINE) {
      findings.add(
          mixed.units() + " units have ids on both sides; they count on that of their first event");
    }
    return findings;
  }

  /** Experiments that were started with the hold-out, the first one first. */
  private List<Member> members(ProjectId project, String holdout) {
    return experiments.list(project).stream()
        .map(Stored::content)
        .flatMap(
            experiment ->
                runs(experiment, holdout)
                    .min(Comparator.comparing(Run::start))
                    .map(run -> member(experiment, run))
                    .stream())
        .sorted(Comparator.comparing(Member::start))
        .toList();
  }

  private Member member(Experiment experiment, Run run) {
    long planned = registrar.read(run.registration()).plan().plannedUnits();
    return new Member(experiment, run.start(), planned);
  }

  private Stream<Run> runs(Experiment experiment, String holdout) {
    return experiment.runs().stream()
        .filter(run -> registrar.read(run.registration()).holdouts().contains(holdout));
  }

  private List<Metric> metrics(ProjectId project, Asked asked, List<Member> members) {
    List<String> keys =
        asked.metrics().isEmpty()
            ? members.stream()
                .flatMap(member -> member.experiment().design().plan().metrics())
                .distinct()
                .limit(MOST_METRICS)
                .toList()
            : asked.metrics();
    return keys.stream().map(key -> metrics.get(project, key).content()).toList();
  }

  private static Instant asOf(Asked asked, Instant start, Instant now) {
    Instant wanted = asked.asOf();
    if (wanted == null || wanted.isAfter(now)) {
      // Whoever asks within a minute asks the same, and is answered once.
      Instant minute = now.truncatedTo(ChronoUnit.MINUTES);
      return minute.isAfter(start) ? minute : now;
    }
    if (!wanted.isAfter(start)) {
      throw Failure.invalid("as_of", "must be after the start, " + start);
    }
    return wanted;
  }

  /**
   * A plan.
   *
   * @param planned where the sequence is narrowest. Nobody plans a hold-out's units; the first
   *     experiment's were registered before anything was seen
   */
  private static AnalysisPlan plan(
      List<Evidence.Measured> measured, int covariateDays, long planned) {
    return new AnalysisPlan(
        measured.stream().map(one -> one.metric().key()).toList(),
        List.of(),
        DesignKind.CONFIDENCE_SEQUENCE,
        ALPHA,
        POWER,
        SMALLEST_EFFECT,
        planned,
        Correction.HOLM,
        covariateDays,
        Breaker.NONE);
  }
}
