package io.tenure.segment.api;

import io.tenure.condition.api.Fields;
import io.tenure.proto.analysis.v1.ArmLook;
import io.tenure.proto.analysis.v1.ArmSlice;
import io.tenure.proto.analysis.v1.ArmSums;
import io.tenure.proto.analysis.v1.ArmWindow;
import io.tenure.proto.experiment.v1.MetricSample;
import io.tenure.proto.experiment.v1.ProportionCounts;
import io.tenure.proto.experiment.v1.QuantileBounds;
import io.tenure.proto.experiment.v1.SampleSums;
import io.tenure.segment.domain.arm.Arms;
import io.tenure.statistics.sample.MeanSample;
import io.tenure.statistics.sample.Moments;
import io.tenure.statistics.sample.ProportionSample;
import io.tenure.statistics.sample.QuantileSample;
import io.tenure.statistics.sample.RatioSample;
import io.tenure.statistics.sample.Sample;
import java.util.List;

/** Writes what arms did. */
final class ArmWriter {

  private ArmWriter() {}

  static io.tenure.proto.analysis.v1.Arms write(Arms arms) {
    var message = io.tenure.proto.analysis.v1.Arms.newBuilder();
    for (Arms.Look look : arms.looks()) {
      message.addLooks(
          ArmLook.newBuilder()
              .setTime(Fields.timestamp(look.time()))
              .addAllArms(write(look.arms()))
              .setMixedUnits(look.mixed())
              .setStrangers(look.strangers()));
    }
    arms.slices()
        .each(
            (kind, value, sums) -> {
              ArmSlice.Builder slice = ArmSlice.newBuilder().addAllArms(write(sums));
              if (value != null) {
                slice.setValue(value);
              }
              switch (kind) {
                case "value" -> message.addSlices(slice);
                case "other" -> message.setOthers(slice);
                default -> {}
              }
            });
    message.setTotalValues(arms.slices().valueCount());
    if (!arms.caps().isEmpty()) {
      message.setCap(arms.caps().getFirst());
    }
    if (arms.caps().size() > 1) {
      message.setDenominatorCap(arms.caps().getLast());
    }
    arms.windows().forEach(window -> message.addWindows(write(window)));
    return message.build();
  }

  private static ArmWindow write(Arms.Window window) {
    ArmWindow.Builder message =
        ArmWindow.newBuilder()
            .setFrom(Fields.duration(window.from()))
            .setTo(Fields.duration(window.to()))
            .addAllArms(write(window.arms()));
    Double cap = window.cap();
    if (cap != null) {
      message.setCap(cap);
    }
    return message.build();
  }

  private static List<ArmSums> write(List<Arms.Sums> arms) {
    return arms.stream().map(ArmWriter::write).toList();
  }

  private static ArmSums write(Arms.Sums sums) {
    ArmSums.Builder message = ArmSums.newBuilder().setArm(sums.arm()).setUnits(sums.units());
    Sample sample = sums.sample();
    if (sample != null) {
      message.setSample(write(sample));
    }
    return message.build();
  }

  private static MetricSample write(Sample sample) {
    MetricSample.Builder message = MetricSample.newBuilder();
    switch (sample) {
      case ProportionSample(long successes, long units) ->
          message.setProportion(
              ProportionCounts.newBuilder().setSuccesses(successes).setUnits(units));
      case MeanSample(Moments moments) -> message.setMeanSums(write(moments));
      case RatioSample(Moments moments) -> message.setRatioSums(write(moments));
      case QuantileSample quantile ->
          message.setQuantile(
              QuantileBounds.newBuilder()
                  .setUnits(quantile.units())
                  .setQuantile(quantile.quantile())
                  .setValue(quantile.value())
                  .setLow(quantile.low())
                  .setHigh(quantile.high())
                  .setBoundUnits(quantile.boundUnits())
                  .setInflation(quantile.inflation()));
    }
    return message.build();
  }

  private static SampleSums write(Moments moments) {
    SampleSums.Builder message = SampleSums.newBuilder().setUnits(moments.count()).setCentred(true);
    for (int i = 0; i < moments.dimensions(); i++) {
      message.addSums(moments.mean(i) * moments.count());
      for (int j = 0; j <= i; j++) {
        message.addProducts(moments.product(i, j));
      }
    }
    return message.build();
  }
}
