package io.tenure.segment.api;

import io.tenure.condition.api.Fields;
import io.tenure.proto.analysis.v1.Funnel;
import io.tenure.proto.analysis.v1.FunnelBar;
import io.tenure.proto.analysis.v1.FunnelFactor;
import io.tenure.proto.analysis.v1.FunnelNextEvent;
import io.tenure.proto.analysis.v1.FunnelPeriod;
import io.tenure.proto.analysis.v1.FunnelStep;
import io.tenure.proto.analysis.v1.FunnelValue;
import io.tenure.segment.domain.funnel.Odds;
import java.util.List;

/** Translates funnels of the domain into the contract's. */
final class FunnelWriter {

  private FunnelWriter() {}

  static Funnel write(io.tenure.segment.domain.funnel.Funnel funnel) {
    Funnel.Builder message =
        Funnel.newBuilder()
            .addAllSteps(steps(funnel.steps()))
            .setTotalValues(funnel.values().all());
    funnel.values().shown().stream().map(FunnelWriter::value).forEach(message::addValues);
    if (funnel.values().others() != null) {
      message.addAllOthers(steps(funnel.values().others()));
    }
    funnel.periods().stream().map(FunnelWriter::period).forEach(message::addPeriods);
    if (funnel.conversion().median() != null) {
      message.setMedianTime(Fields.duration(funnel.conversion().median()));
    }
    for (var bar : funnel.conversion().histogram()) {
      message.addTimes(
          FunnelBar.newBuilder()
              .setLeastTime(Fields.duration(bar.from()))
              .setMostTime(Fields.duration(bar.to()))
              .setAttempts(bar.samples())
              .setUsers(bar.users()));
    }
    funnel.nextEvents().stream().map(FunnelWriter::next).forEach(message::addNextEvents);
    funnel.factors().stream().map(FunnelWriter::factor).forEach(message::addFactors);
    return message.build();
  }

  private static FunnelNextEvent next(io.tenure.segment.domain.funnel.Funnel.NextEvent next) {
    FunnelNextEvent.Builder message =
        FunnelNextEvent.newBuilder()
            .setStep(next.step())
            .setEvent(LabelReader.write(next.event()))
            .setAttempts(next.attempts())
            .setUsers(next.users());
    if (next.medianDwell() != null) {
      message.setMedianDwell(Fields.duration(next.medianDwell()));
    }
    return message.build();
  }

  private static FunnelFactor factor(io.tenure.segment.domain.funnel.Funnel.Factor factor) {
    Odds odds = factor.odds();
    return FunnelFactor.newBuilder()
        .setAttribute(factor.attribute())
        .setName(factor.name())
        .setValue(LabelReader.write(factor.label()))
        .setCompleteWith(odds.completeWith())
        .setComplete(odds.complete())
        .setLostWith(odds.lostWith())
        .setLost(odds.lost())
        .setOddsRatio(odds.ratio())
        .setOddsRatioLow(odds.low())
        .setOddsRatioHigh(odds.high())
        .build();
  }

  private static FunnelValue value(io.tenure.segment.domain.funnel.Funnel.Value value) {
    FunnelValue.Builder message = FunnelValue.newBuilder().addAllSteps(steps(value.steps()));
    if (value.value() != null) {
      message.setValue(value.value());
    }
    return message.build();
  }

  private static FunnelPeriod period(io.tenure.segment.domain.funnel.Funnel.Period period) {
    return FunnelPeriod.newBuilder()
        .setStartDate(period.start())
        .setIncomplete(period.incomplete())
        .addAllSteps(steps(period.steps()))
        .build();
  }

  private static List<FunnelStep> steps(List<io.tenure.segment.domain.funnel.Funnel.Step> steps) {
    return steps.stream().map(FunnelWriter::step).toList();
  }

  private static FunnelStep step(io.tenure.segment.domain.funnel.Funnel.Step step) {
    FunnelStep.Builder message =
        FunnelStep.newBuilder()
            .setName(step.name())
            .setUsers(step.users())
            .setAttempts(step.attempts())
            .setStepRate(step.stepRate())
            .setTotalRate(step.totalRate())
            .setLostUsers(step.lostUsers());
    if (step.medianTime() != null) {
      message.setMedianTime(Fields.duration(step.medianTime()));
    }
    return message.build();
  }
}
