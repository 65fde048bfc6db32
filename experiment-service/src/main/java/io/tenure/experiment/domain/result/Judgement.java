package io.tenure.experiment.domain.result;

import io.tenure.experiment.domain.analysis.Adjustment;
import io.tenure.experiment.domain.analysis.Analysis;
import io.tenure.experiment.domain.analysis.FixedJudge;
import io.tenure.experiment.domain.analysis.GroupSequentialJudge;
import io.tenure.experiment.domain.analysis.Judge;
import io.tenure.experiment.domain.analysis.MetricSamples;
import io.tenure.experiment.domain.analysis.SequenceJudge;
import io.tenure.experiment.domain.analysis.SharedLooks;
import io.tenure.experiment.domain.experiment.AnalysisPlan;
import io.tenure.experiment.domain.metric.MetricKind;
import io.tenure.experiment.domain.result.ArmSource.Arms;
import io.tenure.experiment.domain.result.ArmSource.Slice;
import io.tenure.experiment.domain.result.ArmSource.Sums;
import io.tenure.statistics.bayes.Prior;
import io.tenure.statistics.effect.Alternative;
import io.tenure.statistics.effect.Breakdown;
import io.tenure.statistics.effect.Comparison;
import io.tenure.statistics.effect.Scale;
import io.tenure.statistics.effect.Terms;
import io.tenure.statistics.sample.Sample;
import io.tenure.statistics.sequential.ConfidenceSequencePlan;
import io.tenure.statistics.sequential.GroupSequentialPlan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Judges evidence as its plan says. Effects are relative to the control, as plans state the effect
 * that matters and the loss that can be borne.
 */
final class Judgement {

  /** Most changes move a metric by less than a third; it only says what to believe. */
  private static final Prior PRIOR = new Prior.Gaussian(0, 0.3, Scale.RELATIVE);

  private final AnalysisPlan plan;
  private final SharedLooks shared;

  Judgement(AnalysisPlan plan, SharedLooks shared) {
    this.plan = plan;
    this.shared = shared;
  }

  /** All metrics together; empty before the first look. */
  List<Analysis.MetricAnswers> together(Evidence evidence) {
    return together(
        Stream.concat(evidence.goals().stream(), evidence.guardrails().stream()).toList(),
        evidence.basis().looks());
  }

  /** These metrics together after so many looks; empty before the first one. */
  List<Analysis.MetricAnswers> together(List<Evidence.Measured> all, int looks) {
    if (looks == 0) {
      return List.of();
    }
    List<MetricSamples> samples = new ArrayList<>();
    for (Evidence.Measured measured : all) {
      Arms arms = measured.arms();
      if (arms != null) {
        samples.add(samples(measured, arms, arms.looks().size()));
      }
    }
    return analysis(looks).of(samples);
  }

  /** One slice, as if it were the only question. */
  Analysis.MetricAnswers alone(Evidence.Measured measured, Slice slice) {
    return new Analysis(new FixedJudge(plan.alpha(), Alternative.TWO_SIDED), null, PRIOR, false)
        .of(List.of(alone(measured, slice.arms())))
        .getFirst();
  }

  /** Whether an arm's effect differs between slices. */
  Breakdown difference(Evidence.Measured measured, List<Slice> slices, int arm) {
    List<Comparison> comparisons =
        slices.stream().map(slice -> alone(measured, slice.arms()).latest(arm)).toList();
    return Breakdown.of(
        comparisons, new Terms(Scale.RELATIVE, Alternative.TWO_SIDED, plan.alpha()));
  }

  /** One metric as it was told at its first looks. */
  List<Analysis.@Nullable Glimpse> glimpses(Evidence.Measured measured, Arms arms, int looks) {
    return analysis(looks).glimpses(samples(measured, arms, looks));
  }

  private Analysis analysis(int looks) {
    return new Analysis(judge(Collections.nCopies(looks, 0L)), plan.correction(), PRIOR, false);
  }

  /** The design; each metric has its own units at the looks. */
  private Judge judge(List<Long> units) {
    return switch (plan.design()) {
      case GROUP_SEQUENTIAL ->
          new GroupSequentialJudge(
              GroupSequentialPlan.usual(plan.alpha(), plan.plannedUnits()), units, shared);
      case CONFIDENCE_SEQUENCE ->
          new SequenceJudge(
              new ConfidenceSequencePlan(plan.alpha(), Alternative.TWO_SIDED, plan.plannedUnits()),
              units);
      case FIXED -> new FixedJudge(plan.alpha(), Alternative.TWO_SIDED);
    };
  }

  private static MetricSamples samples(Evidence.Measured measured, Arms arms, int looks) {
    boolean once = measured.metric().kind() instanceof MetricKind.Quantile;
    List<List<Sample>> all =
        arms.looks().stream().limit(looks).map(look -> ArmSamples.of(look.arms())).toList();
    return new MetricSamples(
        measured.metric().key(),
        Scale.RELATIVE,
        measured.metric().direction(),
        1,
        measured.margin(),
        Adjustment.AUTOMATIC,
        all.getLast(),
        once ? List.of() : all.subList(0, looks - 1),
        arms.looks().stream().limit(looks).map(look -> units(look.arms(), once)).toList());
  }

  /** Units that were exposed long enough; a quantile's sample counts values and not units. */
  private static long units(List<Sums> arms, boolean once) {
    return arms.stream()
        .mapToLong(
            arm -> {
              Sample sample = arm.sample();
              return once || sample == null ? arm.units() : sample.units();
            })
        .sum();
  }

  private static MetricSamples alone(Evidence.Measured measured, List<Sums> arms) {
    return new MetricSamples(
        measured.metric().key(),
        Scale.RELATIVE,
        measured.metric().direction(),
        1,
        null,
        Adjustment.AUTOMATIC,
        ArmSamples.of(arms),
        List.of(),
        null);
  }
}
