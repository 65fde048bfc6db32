package io.tenure.experiment.api;

import io.tenure.evaluator.Gate;
import io.tenure.proto.experiment.v1.GateKind;
import io.tenure.proto.experiment.v1.Step;

/** Writes the steps of a decision. */
final class ExplanationWriter {

  private ExplanationWriter() {}

  static Step write(io.tenure.evaluator.Step step) {
    Step.Builder message = Step.newBuilder();
    switch (step) {
      case io.tenure.evaluator.Step.Disabled() ->
          message.setDisabled(Step.Disabled.getDefaultInstance());
      case io.tenure.evaluator.Step.OnList list ->
          message
              .getOnListBuilder()
              .setUnitType(SplitMessages.unit(list.unit()))
              .setVariant(list.variant());
      case io.tenure.evaluator.Step.Asked asked ->
          message
              .setRule(asked.rule())
              .getAskedBuilder()
              .setFlagKey(asked.flag())
              .setVariant(asked.variant())
              .setMet(asked.met());
      case io.tenure.evaluator.Step.OutOfSchedule(String rule) ->
          message.setRule(rule).setOutOfSchedule(Step.OutOfSchedule.getDefaultInstance());
      case io.tenure.evaluator.Step.Matched(String rule, boolean holds) ->
          message.setRule(rule).getMatchedBuilder().setHolds(holds);
      case io.tenure.evaluator.Step.NoUnit missing ->
          message
              .setRule(missing.rule())
              .getNoUnitBuilder()
              .setUnitType(SplitMessages.unit(missing.unit()));
      case io.tenure.evaluator.Step.Gated gated ->
          message
              .setRule(gated.rule())
              .getGatedBuilder()
              .setGate(kind(gated.gate()))
              .setName(gated.gate().name())
              .setBucket(gated.bucket())
              .setPassed(gated.passed());
      case io.tenure.evaluator.Step.Remembered remembered ->
          message
              .setRule(remembered.rule())
              .getRememberedBuilder()
              .setVariant(remembered.kept().variant())
              .setVersion(remembered.kept().version())
              .setTaken(remembered.taken());
      case io.tenure.evaluator.Step.Dealt dealt ->
          message
              .setRule(dealt.rule())
              .getDealtBuilder()
              .setBucket(dealt.bucket())
              .setVariant(dealt.variant());
    }
    return message.build();
  }

  private static GateKind kind(Gate gate) {
    return switch (gate) {
      case Gate.Layer _ -> GateKind.GATE_KIND_LAYER;
      case Gate.Holdout _ -> GateKind.GATE_KIND_HOLDOUT;
      case Gate.Enrolment _ -> GateKind.GATE_KIND_ENROLMENT;
    };
  }
}
