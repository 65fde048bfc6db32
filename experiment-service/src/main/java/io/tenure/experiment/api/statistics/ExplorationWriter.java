package io.tenure.experiment.api.statistics;

import io.tenure.experiment.domain.analysis.Answer;
import io.tenure.experiment.domain.result.Contrast;
import io.tenure.experiment.domain.result.InteractionReport;
import io.tenure.experiment.domain.result.NoveltyReport;
import io.tenure.proto.experiment.v1.ArmComparison;
import io.tenure.proto.experiment.v1.EffectsWithin;
import io.tenure.proto.experiment.v1.ExperimentPair;
import io.tenure.proto.experiment.v1.InteractionEffect;
import io.tenure.proto.experiment.v1.InteractionVerdict;
import io.tenure.proto.experiment.v1.Interactions;
import io.tenure.proto.experiment.v1.Novelty;
import io.tenure.proto.experiment.v1.NoveltyTrend;
import io.tenure.proto.experiment.v1.NoveltyVerdict;
import io.tenure.proto.experiment.v1.NoveltyWindow;
import io.tenure.proto.experiment.v1.UnpairedExperiment;
import io.tenure.proto.experiment.v1.UnpairedReason;
import io.tenure.statistics.effect.Scale;
import java.util.List;

/** What explains a result, to its messages. */
final class ExplorationWriter {

  private ExplorationWriter() {}

  static Novelty write(NoveltyReport report) {
    Novelty.Builder message =
        Novelty.newBuilder()
            .setBasis(ResultWriter.write(report.basis()))
            .setMetricKey(report.metric())
            .setSummary(report.summary());
    for (NoveltyReport.Window window : report.windows()) {
      message.addWindows(
          NoveltyWindow.newBuilder()
              .setFirstDay(window.firstDay())
              .setLastDay(window.lastDay())
              .addAllComparisons(write(window.contrasts())));
    }
    report.trends().forEach(trend -> message.addTrends(write(trend)));
    return message.build();
  }

  static Interactions write(InteractionReport report) {
    Interactions.Builder message =
        Interactions.newBuilder()
            .setBasis(ResultWriter.write(report.basis()))
            .setMetricKey(report.metric())
            .setSummary(report.summary());
    report.pairs().forEach(pair -> message.addPairs(write(pair)));
    for (InteractionReport.Unpaired unpaired : report.unpaired()) {
      message.addUnpaired(
          UnpairedExperiment.newBuilder()
              .setExperimentKey(unpaired.experiment())
              .setReason(
                  switch (unpaired.why()) {
                    case SAME_LAYER -> UnpairedReason.UNPAIRED_REASON_SAME_LAYER;
                    case OTHER_UNIT_TYPE -> UnpairedReason.UNPAIRED_REASON_OTHER_UNIT_TYPE;
                    case NO_SHARED_UNITS -> UnpairedReason.UNPAIRED_REASON_NO_SHARED_UNITS;
                    case TOO_MANY -> UnpairedReason.UNPAIRED_REASON_TOO_MANY;
                  }));
    }
    return message.build();
  }

  private static NoveltyTrend write(NoveltyReport.Trend trend) {
    NoveltyTrend.Builder message =
        NoveltyTrend.newBuilder()
            .setArm(trend.arm())
            .setVerdict(
                switch (trend.course()) {
                  case UNKNOWN -> NoveltyVerdict.NOVELTY_VERDICT_UNKNOWN;
                  case STEADY -> NoveltyVerdict.NOVELTY_VERDICT_STEADY;
                  case FADES -> NoveltyVerdict.NOVELTY_VERDICT_FADES;
                  case GROWS -> NoveltyVerdict.NOVELTY_VERDICT_GROWS;
                })
            .setWindows(trend.windows())
            .setUnits(trend.units())
            .setSummary(trend.summary());
    switch (trend.slope()) {
      case Answer.Told told -> message.setSlope(AnalysisWriter.write(Scale.RELATIVE, told));
      case Answer.Untold(var obstacle) -> message.setObstacle(ObstacleWriter.write(obstacle));
    }
    return message.build();
  }

  private static ExperimentPair write(InteractionReport.Pair pair) {
    ExperimentPair.Builder message =
        ExperimentPair.newBuilder()
            .setExperimentKey(pair.experiment())
            .setPhase(pair.phase())
            .setSharedUnits(pair.sharedUnits());
    for (InteractionReport.Within within : pair.within()) {
      message.addWithin(
          EffectsWithin.newBuilder()
              .setArm(within.arm())
              .addAllComparisons(write(within.contrasts())));
    }
    pair.interplays().forEach(interplay -> message.addInteractions(write(interplay)));
    return message.build();
  }

  private static InteractionEffect write(InteractionReport.Interplay interplay) {
    InteractionEffect.Builder message =
        InteractionEffect.newBuilder()
            .setArm(interplay.arm())
            .setOtherArm(interplay.otherArm())
            .setSummary(interplay.summary());
    switch (interplay.outcome()) {
      case Answer.Told told ->
          message
              .setVerdict(
                  interplay.isFound()
                      ? InteractionVerdict.INTERACTION_VERDICT_FOUND
                      : InteractionVerdict.INTERACTION_VERDICT_NONE_FOUND)
              .setEffect(AnalysisWriter.write(Scale.RELATIVE, told));
      case Answer.Untold(var obstacle) ->
          message
              .setVerdict(InteractionVerdict.INTERACTION_VERDICT_UNKNOWN)
              .setObstacle(ObstacleWriter.write(obstacle));
    }
    return message.build();
  }

  private static List<ArmComparison> write(List<Contrast> contrasts) {
    return contrasts.stream().map(AnalysisWriter::write).toList();
  }
}
