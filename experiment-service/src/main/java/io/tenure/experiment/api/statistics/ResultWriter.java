package io.tenure.experiment.api.statistics;

import io.tenure.condition.api.Fields;
import io.tenure.experiment.domain.experiment.AnalysisPlan;
import io.tenure.experiment.domain.result.Basis;
import io.tenure.experiment.domain.result.Proposal;
import io.tenure.experiment.domain.result.Results;
import io.tenure.experiment.domain.result.Series;
import io.tenure.proto.experiment.v1.ArmBalance;
import io.tenure.proto.experiment.v1.DecisionProposal;
import io.tenure.proto.experiment.v1.ExperimentResults;
import io.tenure.proto.experiment.v1.MetricAnalysis;
import io.tenure.proto.experiment.v1.MetricDirection;
import io.tenure.proto.experiment.v1.MetricResult;
import io.tenure.proto.experiment.v1.MetricSeries;
import io.tenure.proto.experiment.v1.MetricSlice;
import io.tenure.proto.experiment.v1.MultiplicityCorrection;
import io.tenure.proto.experiment.v1.ProposalKind;
import io.tenure.proto.experiment.v1.ResultBasis;
import io.tenure.proto.experiment.v1.SeriesEffect;
import io.tenure.proto.experiment.v1.SeriesPoint;
import io.tenure.proto.experiment.v1.SliceDifference;
import io.tenure.statistics.effect.Breakdown;
import java.time.Instant;
import java.util.List;

/** Results, to their messages. */
final class ResultWriter {

  private ResultWriter() {}

  static ExperimentResults write(Results results) {
    List<String> treatments = results.balance().treatments();
    ExperimentResults.Builder message =
        ExperimentResults.newBuilder()
            .setBasis(write(results.basis()))
            .addAllArms(write(results.balance()))
            .setCorrection(correction(results.basis().design().plan()));
    results.goals().forEach(goal -> message.addGoals(write(treatments, goal)));
    results.guardrails().forEach(guard -> message.addGuardrails(write(treatments, guard)));
    return message.build();
  }

  static ResultBasis write(Basis basis) {
    ResultBasis.Builder message =
        ResultBasis.newBuilder()
            .setExperimentKey(basis.experiment())
            .setPhase(basis.phase())
            .setRegistrationSha256(basis.run().fingerprint())
            .setAsOf(Fields.timestamp(basis.asOf()))
            .setComputeTime(Fields.timestamp(basis.computed()))
            .setLooks(basis.looks())
            .setUnits(basis.units())
            .setPlannedUnits(basis.design().plan().plannedUnits());
    Instant look = basis.look();
    if (look != null) {
      message.setLookTime(Fields.timestamp(look));
    }
    Instant next = basis.next();
    if (next != null) {
      message.setNextLookTime(Fields.timestamp(next));
    }
    return message.build();
  }

  static List<ArmBalance> write(Results.Balance balance) {
    return RatioWriter.arms(
        balance.arms(),
        balance.units().stream().mapToLong(Long::longValue).toArray(),
        balance.weights().stream().mapToDouble(Double::doubleValue).toArray());
  }

  static MetricSeries write(Series series) {
    MetricSeries.Builder message = MetricSeries.newBuilder().setMetricKey(series.metric());
    for (Series.Point point : series.points()) {
      SeriesPoint.Builder written =
          SeriesPoint.newBuilder().setTime(Fields.timestamp(point.time())).setUnits(point.units());
      point
          .effects()
          .forEach(
              (arm, glimpse) ->
                  written.addEffects(
                      SeriesEffect.newBuilder()
                          .setArm(arm)
                          .setEstimate(glimpse.estimate())
                          .setInterval(ObstacleWriter.write(glimpse.interval()))
                          .setSignificant(glimpse.significant())));
      message.addPoints(written);
    }
    return message.build();
  }

  static DecisionProposal write(Proposal proposal) {
    return DecisionProposal.newBuilder()
        .setBasis(write(proposal.basis()))
        .setKind(
            switch (proposal.kind()) {
              case INVESTIGATE -> ProposalKind.PROPOSAL_KIND_INVESTIGATE;
              case STOP -> ProposalKind.PROPOSAL_KIND_STOP;
              case SHIP -> ProposalKind.PROPOSAL_KIND_SHIP;
              case CONTINUE -> ProposalKind.PROPOSAL_KIND_CONTINUE;
              case KEEP_CONTROL -> ProposalKind.PROPOSAL_KIND_KEEP_CONTROL;
              case DISCUSS -> ProposalKind.PROPOSAL_KIND_DISCUSS;
            })
        .setVariant(proposal.variant())
        .setSummary(proposal.summary())
        .addAllReasons(proposal.reasons())
        .build();
  }

  static MetricResult write(List<String> treatments, Results.Judged judged) {
    MetricResult.Builder message =
        MetricResult.newBuilder()
            .setDisplayName(judged.metric().displayName())
            .setDirection(
                switch (judged.metric().direction()) {
                  case HIGHER_IS_BETTER -> MetricDirection.METRIC_DIRECTION_HIGHER_IS_BETTER;
                  case LOWER_IS_BETTER -> MetricDirection.METRIC_DIRECTION_LOWER_IS_BETTER;
                })
            .setCurrency(judged.metric().currency())
            .setAnalysis(
                judged.answers() == null
                    ? MetricAnalysis.newBuilder().setMetric(judged.metric().key()).build()
                    : AnalysisWriter.write(treatments, judged.answers()));
    for (Results.JudgedSlice slice : judged.slices()) {
      MetricSlice.Builder written =
          MetricSlice.newBuilder()
              .setOthers(slice.others())
              .setAnalysis(AnalysisWriter.write(treatments, slice.answers()));
      if (slice.value() != null) {
        written.setValue(slice.value());
      }
      message.addSlices(written);
    }
    for (int arm = 0; arm < judged.differences().size(); arm++) {
      message.addDifferences(write(treatments.get(arm), judged.differences().get(arm)));
    }
    Double cap = judged.cap();
    if (cap != null) {
      message.setCap(cap);
    }
    return message.build();
  }

  private static SliceDifference write(String arm, Breakdown difference) {
    return SliceDifference.newBuilder()
        .setArm(arm)
        .setStatistic(difference.statistic())
        .setDegreesOfFreedom(difference.degreesOfFreedom())
        .setPValue(difference.pValue())
        .build();
  }

  private static MultiplicityCorrection correction(AnalysisPlan plan) {
    return switch (plan.correction()) {
      case null -> MultiplicityCorrection.MULTIPLICITY_CORRECTION_NONE;
      case BONFERRONI -> MultiplicityCorrection.MULTIPLICITY_CORRECTION_BONFERRONI;
      case HOLM -> MultiplicityCorrection.MULTIPLICITY_CORRECTION_HOLM;
      case BENJAMINI_HOCHBERG -> MultiplicityCorrection.MULTIPLICITY_CORRECTION_BENJAMINI_HOCHBERG;
    };
  }
}
