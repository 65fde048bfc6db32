package io.tenure.experiment.domain.result;

import io.tenure.experiment.domain.Shelf;
import io.tenure.experiment.domain.analysis.Analysis;
import io.tenure.experiment.domain.analysis.SharedLooks;
import io.tenure.experiment.domain.analysis.Turns;
import io.tenure.experiment.domain.experiment.Experiment;
import io.tenure.experiment.domain.experiment.Registrar;
import io.tenure.experiment.domain.metric.Metric;
import io.tenure.experiment.domain.result.ArmSource.Arms;
import io.tenure.experiment.domain.result.ArmSource.Dimension;
import io.tenure.experiment.domain.result.ArmSource.Question;
import io.tenure.experiment.domain.result.ArmSource.Slice;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.statistics.balance.Severity;
import io.tenure.statistics.effect.Breakdown;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Answers what experiments have shown. */
public final class ExperimentResults {

  private final EvidenceRoom room;
  private final Neighbours neighbours;
  private final SharedLooks shared;
  private final Turns turns;

  /**
   * Results of these experiments.
   *
   * @param turns whoever has to judge takes one
   */
  public ExperimentResults(
      Shelf<Experiment> experiments,
      Shelf<Metric> metrics,
      Registrar registrar,
      ArmSource source,
      SharedLooks shared,
      Turns turns,
      Clock clock) {
    this.room = new EvidenceRoom(experiments, metrics, registrar, source, clock);
    this.neighbours = new Neighbours(experiments, registrar);
    this.shared = shared;
    this.turns = turns;
  }

  /**
   * The registered metrics, judged as registered.
   *
   * @param dimension tells units apart; null for not at all
   * @throws io.tenure.platform.failure.Failure NOT_FOUND, or FAILED_PRECONDITION when it never
   *     started
   */
  public Results results(ProjectId project, Asked asked, @Nullable Dimension dimension) {
    Evidence evidence = room.gather(project, asked, dimension, true);
    return turns.take(() -> results(evidence));
  }

  /**
   * Whether the numbers can be trusted.
   *
   * @param dimension a mismatch may have to do with; null for none
   */
  public Health health(ProjectId project, Asked asked, @Nullable Dimension dimension) {
    Evidence evidence = room.gather(project, asked, dimension, false);
    return turns.take(
        () ->
            HealthCheck.of(
                evidence,
                dimension == null ? null : dimension.name(),
                new PowerCheck(evidence.basis().design().plan()).left(evidence)));
  }

  /** Effects and intervals at every look, goals first. */
  public List<Series> series(ProjectId project, Asked asked) {
    Evidence evidence = room.gather(project, asked, null, false);
    Judgement judgement = judgement(evidence);
    return turns.take(
        () ->
            Stream.concat(evidence.goals().stream(), evidence.guardrails().stream())
                .map(measured -> series(evidence.arms(), judgement, measured))
                .toList());
  }

  /** Why the latest run should not go on, in words; empty when nothing speaks against it. */
  List<String> harm(ProjectId project, String experiment) {
    Evidence evidence = room.gather(project, new Asked(experiment, 0, null), null, false);
    return turns.take(
        () -> {
          Health health = HealthCheck.of(evidence, null, List.of());
          List<String> harm = new ArrayList<>();
          if (health.severityOverLooks() == Severity.ALARM) {
            harm.addAll(health.findings());
          }
          for (Results.Judged guardrail : results(evidence).guardrails()) {
            harm.addAll(ProposalRules.broken(guardrail, evidence.arms()));
          }
          return harm;
        });
  }

  /** What should be done. */
  public Proposal proposal(ProjectId project, Asked asked) {
    Evidence evidence = room.gather(project, asked, null, false);
    return turns.take(
        () -> ProposalRules.propose(results(evidence), HealthCheck.of(evidence, null, List.of())));
  }

  /**
   * The effect on a metric by the days since the first exposure.
   *
   * @param metric one of the plan's; empty for the first goal
   * @param days width of a window, at most 28; 0 for windows that widen
   * @throws io.tenure.platform.failure.Failure FAILED_PRECONDITION for metrics with days of their
   *     own
   */
  public NoveltyReport novelty(ProjectId project, Asked asked, String metric, int days) {
    if (days < 0 || days > NoveltyCheck.MOST_DAYS) {
      throw Failure.invalid("window_days", "must be 1 to " + NoveltyCheck.MOST_DAYS);
    }
    Stand stand = room.stand(project, asked);
    NoveltyCheck check = NoveltyCheck.of(stand, stand.metric(metric));
    Question question = check.question(days);
    return question == null ? check.nothing() : check.report(room.ask(project, question));
  }

  /**
   * Whether the effect on a metric depends on what units saw of other experiments.
   *
   * @param metric one of the plan's; empty for the first goal
   * @param with key of the only other experiment; empty for all that ran at the same time
   * @throws io.tenure.platform.failure.Failure NOT_FOUND, or FAILED_PRECONDITION when the two can
   *     share no units
   */
  public InteractionReport interactions(
      ProjectId project, Asked asked, String metric, String with) {
    Stand stand = room.stand(project, asked);
    InteractionCheck check = new InteractionCheck(stand, stand.metric(metric));
    return check.report(
        with.isEmpty() ? neighbours.all(project, stand) : neighbours.one(project, stand, with),
        question -> room.ask(project, question));
  }

  private Results results(Evidence evidence) {
    Judgement judgement = judgement(evidence);
    List<Analysis.MetricAnswers> together = judgement.together(evidence);
    List<Results.Judged> goals = new ArrayList<>();
    List<Results.Judged> guardrails = new ArrayList<>();
    int next = 0;
    for (Evidence.Measured goal : evidence.goals()) {
      goals.add(judged(judgement, goal, together.isEmpty() ? null : together.get(next++)));
    }
    for (Evidence.Measured guardrail : evidence.guardrails()) {
      guardrails.add(
          judged(judgement, guardrail, together.isEmpty() ? null : together.get(next++)));
    }
    return new Results(evidence.basis(), Results.Balance.of(evidence), goals, guardrails);
  }

  static Results.Judged judged(
      Judgement judgement, Evidence.Measured measured, Analysis.@Nullable MetricAnswers answers) {
    Arms arms = measured.arms();
    List<Slice> slices = arms == null ? List.of() : arms.slices();
    List<Breakdown> differences = new ArrayList<>();
    if (answers != null && !slices.isEmpty()) {
      for (int arm = 1; arm <= answers.answers().size(); arm++) {
        differences.add(judgement.difference(measured, slices, arm));
      }
    }
    return new Results.Judged(
        measured.metric(),
        answers,
        slices.stream()
            .map(
                slice ->
                    new Results.JudgedSlice(
                        slice.value(), slice.others(), judgement.alone(measured, slice)))
            .toList(),
        differences,
        arms == null ? null : arms.cap());
  }

  static Series series(List<String> names, Judgement judgement, Evidence.Measured measured) {
    Arms arms = measured.arms();
    List<Series.Point> points = new ArrayList<>();
    for (int look = 0; arms != null && look < arms.looks().size(); look++) {
      List<Analysis.@Nullable Glimpse> glimpses = judgement.glimpses(measured, arms, look + 1);
      Map<String, Analysis.Glimpse> effects = new LinkedHashMap<>();
      for (int arm = 0; arm < glimpses.size(); arm++) {
        Analysis.Glimpse glimpse = glimpses.get(arm);
        if (glimpse != null) {
          effects.put(names.get(arm + 1), glimpse);
        }
      }
      ArmSource.Look at = arms.looks().get(look);
      points.add(new Series.Point(at.time(), at.units(), effects));
    }
    return new Series(measured.metric().key(), points);
  }

  private Judgement judgement(Evidence evidence) {
    return new Judgement(evidence.basis().design().plan(), shared);
  }
}
