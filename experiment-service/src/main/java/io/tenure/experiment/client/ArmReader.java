package io.tenure.experiment.client;

import io.tenure.condition.api.Fields;
import io.tenure.experiment.domain.result.ArmSource;
import io.tenure.proto.analysis.v1.ArmLook;
import io.tenure.proto.analysis.v1.ArmSlice;
import io.tenure.proto.analysis.v1.ArmSums;
import io.tenure.proto.analysis.v1.ArmWindow;
import io.tenure.proto.analysis.v1.Arms;
import io.tenure.proto.experiment.v1.MetricSample;
import io.tenure.proto.experiment.v1.QuantileBounds;
import io.tenure.proto.experiment.v1.SampleSums;
import io.tenure.statistics.sample.MeanSample;
import io.tenure.statistics.sample.Moments;
import io.tenure.statistics.sample.ProportionSample;
import io.tenure.statistics.sample.QuantileSample;
import io.tenure.statistics.sample.RatioSample;
import io.tenure.statistics.sample.Sample;
import java.util.ArrayList;
import java.util.List;

/** Reads what arms did. */
final class ArmReader {

  private ArmReader() {}

  static ArmSource.Arms read(Arms message) {
    List<ArmSource.Slice> slices = new ArrayList<>();
    message.getSlicesList().forEach(slice -> slices.add(slice(slice, false)));
    if (message.hasOthers()) {
      slices.add(slice(message.getOthers(), true));
    }
    return new ArmSource.Arms(
        message.getLooksList().stream().map(ArmReader::look).toList(),
        slices,
        message.hasCap() ? (Double) message.getCap() : null,
        message.getWindowsList().stream().map(ArmReader::window).toList());
  }

  private static ArmSource.Look look(ArmLook look) {
    return new ArmSource.Look(
        Fields.instant("time", look.getTime()),
        look.getArmsList().stream().map(ArmReader::sums).toList(),
        look.getMixedUnits(),
        look.getStrangers());
  }

  private static ArmSource.Window window(ArmWindow window) {
    return new ArmSource.Window(
        Fields.duration("from", window.getFrom()),
        Fields.duration("to", window.getTo()),
        window.getArmsList().stream().map(ArmReader::sums).toList());
  }

  private static ArmSource.Slice slice(ArmSlice slice, boolean others) {
    return new ArmSource.Slice(
        slice.hasValue() ? slice.getValue() : null,
        others,
        slice.getArmsList().stream().map(ArmReader::sums).toList());
  }

  private static ArmSource.Sums sums(ArmSums sums) {
    return new ArmSource.Sums(sums.getUnits(), sums.hasSample() ? sample(sums.getSample()) : null);
  }

  private static Sample sample(MetricSample sample) {
    return switch (sample.getKindCase()) {
      case PROPORTION ->
          new ProportionSample(
              sample.getProportion().getSuccesses(), sample.getProportion().getUnits());
      case MEAN_SUMS -> new MeanSample(moments(sample.getMeanSums()));
      case RATIO_SUMS -> new RatioSample(moments(sample.getRatioSums()));
      case QUANTILE -> {
        QuantileBounds bounds = sample.getQuantile();
        yield new QuantileSample(
            bounds.getUnits(),
            bounds.getQuantile(),
            bounds.getValue(),
            bounds.getLow(),
            bounds.getHigh(),
            bounds.getBoundUnits(),
            bounds.getInflation());
      }
      case MEAN, KIND_NOT_SET ->
          throw new IllegalStateException("Analyses don't tell samples of this kind");
    };
  }

  private static Moments moments(SampleSums sums) {
    return Moments.ofCentred(
        sums.getUnits(), doubles(sums.getSumsList()), doubles(sums.getProductsList()));
  }

  private static double[] doubles(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
