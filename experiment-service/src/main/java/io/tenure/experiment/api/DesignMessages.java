package io.tenure.experiment.api;

import io.tenure.condition.api.ConditionWriter;
import io.tenure.condition.api.Fields;
import io.tenure.experiment.domain.experiment.AnalysisPlan;
import io.tenure.experiment.domain.experiment.AnalysisPlan.Breaker;
import io.tenure.experiment.domain.experiment.AnalysisPlan.DesignKind;
import io.tenure.experiment.domain.experiment.AnalysisPlan.Guardrail;
import io.tenure.experiment.domain.experiment.Design;
import io.tenure.experiment.domain.experiment.LayerShare;
import io.tenure.experiment.domain.experiment.RampStage;
import io.tenure.platform.failure.Failure;
import io.tenure.proto.experiment.v1.BreakerAction;
import io.tenure.proto.experiment.v1.Experiment;
import io.tenure.proto.experiment.v1.MultiplicityCorrection;
import io.tenure.statistics.multiplicity.Correction;
import java.util.ArrayList;
import java.util.List;

/** Designs of experiments, from and to their messages. */
final class DesignMessages {

  private static final double USUAL_ALPHA = 0.05;
  private static final double USUAL_POWER = 0.8;

  private DesignMessages() {}

  static Design read(Experiment message) {
    List<RampStage> ramp = new ArrayList<>();
    for (int i = 0; i < message.getRampCount(); i++) {
      ramp.add(
          new RampStage(
              message.getRamp(i).getShare(),
              Fields.duration("ramp[" + i + "].after", message.getRamp(i).getAfter())));
    }
    return new Design(
        message.getDisplayName(),
        message.getHypothesis(),
        message.getFlagKey(),
        SplitMessages.unit("unit_type", message.getUnitType()),
        message.hasAudience() ? FlagParts.condition("audience", message.getAudience()) : null,
        FlagMessages.shares(message.getArmsList()),
        message.getControl(),
        message.hasLayer()
            ? new LayerShare(message.getLayer().getLayerKey(), message.getLayer().getShare())
            : null,
        message.getHoldoutKeysList(),
        ramp,
        plan(message.getPlan()));
  }

  private static AnalysisPlan plan(io.tenure.proto.experiment.v1.AnalysisPlan message) {
    return new AnalysisPlan(
        message.getGoalMetricKeysList(),
        message.getGuardrailsList().stream()
            .map(guardrail -> new Guardrail(guardrail.getMetricKey(), guardrail.getMargin()))
            .toList(),
        switch (message.getDesign()) {
          case DESIGN_KIND_UNSPECIFIED, DESIGN_KIND_GROUP_SEQUENTIAL -> DesignKind.GROUP_SEQUENTIAL;
          case DESIGN_KIND_CONFIDENCE_SEQUENCE -> DesignKind.CONFIDENCE_SEQUENCE;
          case DESIGN_KIND_FIXED -> DesignKind.FIXED;
          case UNRECOGNIZED -> throw Failure.invalid("plan.design", "is not known");
        },
        message.getAlpha() == 0 ? USUAL_ALPHA : message.getAlpha(),
        message.getPower() == 0 ? USUAL_POWER : message.getPower(),
        message.getSmallestEffect(),
        message.getPlannedUnits(),
        switch (message.getCorrection()) {
          case MULTIPLICITY_CORRECTION_UNSPECIFIED, MULTIPLICITY_CORRECTION_HOLM -> Correction.HOLM;
          case MULTIPLICITY_CORRECTION_NONE -> null;
          case MULTIPLICITY_CORRECTION_BONFERRONI -> Correction.BONFERRONI;
          case MULTIPLICITY_CORRECTION_BENJAMINI_HOCHBERG -> Correction.BENJAMINI_HOCHBERG;
          case UNRECOGNIZED -> throw Failure.invalid("plan.correction", "is not known");
        },
        message.getCovariateDays(),
        switch (message.getBreaker()) {
          case BREAKER_ACTION_UNSPECIFIED, BREAKER_ACTION_PAUSE -> Breaker.PAUSE;
          case BREAKER_ACTION_STOP -> Breaker.STOP;
          case BREAKER_ACTION_NONE -> Breaker.NONE;
          case UNRECOGNIZED -> throw Failure.invalid("plan.breaker", "is not known");
        });
  }

  static void write(Design design, Experiment.Builder message) {
    message
        .setDisplayName(design.displayName())
        .setHypothesis(design.hypothesis())
        .setFlagKey(design.flag())
        .setUnitType(SplitMessages.unit(design.unit()))
        .addAllArms(FlagMessages.write(design.arms()))
        .setControl(design.control())
        .addAllHoldoutKeys(design.holdouts())
        .setPlan(write(design.plan()));
    if (design.audience() != null) {
      message.setAudience(ConditionWriter.write(design.audience()));
    }
    LayerShare layer = design.layer();
    if (layer != null) {
      message.getLayerBuilder().setLayerKey(layer.layer()).setShare(layer.share());
    }
    for (RampStage stage : design.ramp()) {
      message.addRampBuilder().setShare(stage.share()).setAfter(Fields.duration(stage.after()));
    }
  }

  private static io.tenure.proto.experiment.v1.AnalysisPlan write(AnalysisPlan plan) {
    io.tenure.proto.experiment.v1.AnalysisPlan.Builder message =
        io.tenure.proto.experiment.v1.AnalysisPlan.newBuilder()
            .addAllGoalMetricKeys(plan.goals())
            .setDesign(
                switch (plan.design()) {
                  case GROUP_SEQUENTIAL ->
                      io.tenure.proto.experiment.v1.DesignKind.DESIGN_KIND_GROUP_SEQUENTIAL;
                  case CONFIDENCE_SEQUENCE ->
                      io.tenure.proto.experiment.v1.DesignKind.DESIGN_KIND_CONFIDENCE_SEQUENCE;
                  case FIXED -> io.tenure.proto.experiment.v1.DesignKind.DESIGN_KIND_FIXED;
                })
            .setAlpha(plan.alpha())
            .setPower(plan.power())
            .setSmallestEffect(plan.smallestEffect())
            .setPlannedUnits(plan.plannedUnits())
            .setCorrection(
                switch (plan.correction()) {
                  case null -> MultiplicityCorrection.MULTIPLICITY_CORRECTION_NONE;
                  case BONFERRONI -> MultiplicityCorrection.MULTIPLICITY_CORRECTION_BONFERRONI;
                  case HOLM -> MultiplicityCorrection.MULTIPLICITY_CORRECTION_HOLM;
                  case BENJAMINI_HOCHBERG ->
                      MultiplicityCorrection.MULTIPLICITY_CORRECTION_BENJAMINI_HOCHBERG;
                })
            .setCovariateDays(plan.covariateDays())
            .setBreaker(
                switch (plan.breaker()) {
                  case PAUSE -> BreakerAction.BREAKER_ACTION_PAUSE;
                  case STOP -> BreakerAction.BREAKER_ACTION_STOP;
                  case NONE -> BreakerAction.BREAKER_ACTION_NONE;
                });
    for (Guardrail guardrail : plan.guardrails()) {
      message.addGuardrailsBuilder().setMetricKey(guardrail.metric()).setMargin(guardrail.margin());
    }
    return message.build();
  }
}
