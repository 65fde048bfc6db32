package io.tenure.experiment.api.statistics;

import io.tenure.experiment.domain.analysis.Analysis;
import io.tenure.experiment.domain.analysis.Answer;
import io.tenure.experiment.domain.analysis.BeliefVerdict;
import io.tenure.experiment.domain.analysis.GuardrailVerdict;
import io.tenure.experiment.domain.analysis.MetricSamples;
import io.tenure.experiment.domain.result.Contrast;
import io.tenure.proto.experiment.v1.AnalyzeSamplesRequest;
import io.tenure.proto.experiment.v1.AnalyzeSamplesResponse;
import io.tenure.proto.experiment.v1.ArmComparison;
import io.tenure.proto.experiment.v1.ArmValue;
import io.tenure.proto.experiment.v1.ComparedEffect;
import io.tenure.proto.experiment.v1.EffectBelief;
import io.tenure.proto.experiment.v1.GuardrailState;
import io.tenure.proto.experiment.v1.MetricAnalysis;
import io.tenure.statistics.effect.Effect;
import io.tenure.statistics.effect.Scale;
import io.tenure.statistics.multiplicity.Guardrail;
import io.tenure.statistics.sample.ArmEstimate;
import io.tenure.statistics.sample.Sample;
import java.util.List;

/** The answers of an analysis, to their message. */
final class AnalysisWriter {

  private AnalysisWriter() {}

  static AnalyzeSamplesResponse write(
      AnalyzeSamplesRequest request, List<Analysis.MetricAnswers> metrics) {
    AnalyzeSamplesResponse.Builder response = AnalyzeSamplesResponse.newBuilder();
    String control = AnalysisReader.controlArm(request);
    for (int i = 0; i < metrics.size(); i++) {
      response.addMetrics(
          write(AnalysisReader.treatments(request.getMetrics(i), control), metrics.get(i)));
    }
    return response.build();
  }

  /** One metric, treatment by treatment. */
  static MetricAnalysis write(List<String> treatments, Analysis.MetricAnswers answers) {
    MetricSamples metric = answers.metric();
    MetricAnalysis.Builder message = MetricAnalysis.newBuilder().setMetric(metric.name());
    for (int arm = 0; arm < treatments.size(); arm++) {
      message.addComparisons(write(treatments.get(arm), metric, answers.answers().get(arm)));
    }
    return message.build();
  }

  private static ArmComparison write(String arm, MetricSamples metric, Answer answer) {
    ArmComparison.Builder message =
        ArmComparison.newBuilder()
            .setArm(arm)
            .setTreatment(write(answer.treatment()))
            .setControl(write(answer.control()));
    switch (answer.belief()) {
      case BeliefVerdict.Believed believed -> message.setBelief(write(metric.scale(), believed));
      case BeliefVerdict.Impossible(var obstacle) ->
          message.setObstacle(ObstacleWriter.write(obstacle));
    }
    switch (answer.outcome()) {
      case Answer.Told told -> message.setEffect(write(metric.scale(), told));
      case Answer.Untold(var obstacle) -> message.setObstacle(ObstacleWriter.write(obstacle));
    }
    GuardrailVerdict guardrail = answer.guardrail();
    if (guardrail != null) {
      message.setGuardrail(write(guardrail));
    }
    return message.build();
  }

  /** A comparison that no plan registered. */
  static ArmComparison write(Contrast contrast) {
    ArmComparison.Builder message =
        ArmComparison.newBuilder()
            .setArm(contrast.arm())
            .setTreatment(write(contrast.treatment()))
            .setControl(write(contrast.control()));
    switch (contrast.outcome()) {
      case Answer.Told told -> message.setEffect(write(Scale.RELATIVE, told));
      case Answer.Untold(var obstacle) -> message.setObstacle(ObstacleWriter.write(obstacle));
    }
    return message.build();
  }

  private static ArmValue write(Sample sample) {
    ArmValue.Builder message = ArmValue.newBuilder().setUnits(sample.units());
    if (sample.obstacle().isEmpty()) {
      ArmEstimate estimate = sample.estimate();
      double error = Math.sqrt(estimate.variance());
      if (Double.isFinite(estimate.value()) && Double.isFinite(error)) {
        message.setValue(estimate.value()).setStandardError(error);
      }
    }
    return message.build();
  }

  static ComparedEffect write(Scale scale, Answer.Told told) {
    Effect.Estimated effect = told.effect();
    ComparedEffect.Builder message =
        ComparedEffect.newBuilder()
            .setScale(TermsReader.scale(scale))
            .setEstimate(effect.estimate())
            .setStandardError(effect.standardError())
            .setInterval(ObstacleWriter.write(effect.interval()))
            .setIntervalLevel(told.level())
            .setPValue(effect.pValue())
            .setRawPValue(told.rawPValue())
            .setSignificant(told.significant())
            .setDrifted(told.drifted());
    if (Double.isFinite(effect.degreesOfFreedom())) {
      message.setDegreesOfFreedom(effect.degreesOfFreedom());
    }
    Double reduction = told.varianceReduction();
    if (reduction != null) {
      message.setVarianceReduction(reduction);
    }
    return message.build();
  }

  private static EffectBelief write(Scale scale, BeliefVerdict.Believed believed) {
    return EffectBelief.newBuilder()
        .setChanceToWin(Math.clamp(believed.chanceToWin(), 0, 1))
        .setRiskOfTreatment(Math.max(0, believed.riskOfTreatment()))
        .setRiskOfControl(Math.max(0, believed.riskOfControl()))
        .setCredible(ObstacleWriter.write(believed.credible()))
        .setScale(TermsReader.scale(scale))
        .setExactRates(believed.exactRates())
        .build();
  }

  private static io.tenure.proto.experiment.v1.GuardrailVerdict write(GuardrailVerdict verdict) {
    io.tenure.proto.experiment.v1.GuardrailVerdict.Builder message =
        io.tenure.proto.experiment.v1.GuardrailVerdict.newBuilder()
            .setState(state(verdict.state()));
    if (verdict.pValue() != null) {
      message.setPValue(verdict.pValue());
    }
    if (verdict.interval() != null) {
      message.setInterval(ObstacleWriter.write(verdict.interval()));
    }
    return message.build();
  }

  private static GuardrailState state(Guardrail.State state) {
    return switch (state) {
      case HOLDS -> GuardrailState.GUARDRAIL_STATE_HOLDS;
      case OPEN -> GuardrailState.GUARDRAIL_STATE_OPEN;
      case BROKEN -> GuardrailState.GUARDRAIL_STATE_BROKEN;
      case UNKNOWN -> GuardrailState.GUARDRAIL_STATE_UNKNOWN;
    };
  }
}
