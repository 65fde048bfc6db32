package io.tenure.experiment.api.statistics;

import io.tenure.proto.experiment.v1.ArmBalance;
import io.tenure.proto.experiment.v1.RatioBet;
import io.tenure.proto.experiment.v1.RatioSeverity;
import io.tenure.proto.experiment.v1.RatioSuspect;
import io.tenure.proto.experiment.v1.RatioTest;
import io.tenure.statistics.balance.Culprits;
import io.tenure.statistics.balance.SampleRatio;
import io.tenure.statistics.balance.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/** What became of sample ratios, to their messages. */
final class RatioWriter {

  private static final int SUSPECT_VALUES = 20;

  private RatioWriter() {}

  static List<ArmBalance> arms(List<String> arms, long[] units, double[] weights) {
    double total = LongStream.of(units).sum();
    double weight = DoubleStream.of(weights).sum();
    List<ArmBalance> balances = new ArrayList<>();
    for (int arm = 0; arm < units.length; arm++) {
      double share = weights[arm] / weight;
      balances.add(
          ArmBalance.newBuilder()
              .setArm(arms.get(arm))
              .setUnits(units[arm])
              .setExpectedUnits(total * share)
              .setShare(total == 0 ? 0 : units[arm] / total)
              .setExpectedShare(share)
              .build());
    }
    return balances;
  }

  static RatioSuspect write(Culprits.Suspect suspect) {
    RatioSuspect.Builder message =
        RatioSuspect.newBuilder()
            .setDimension(suspect.dimension())
            .setStatistic(suspect.statistic())
            .setDegreesOfFreedom(suspect.degreesOfFreedom())
            .setPValue(suspect.pValue());
    suspect.values().stream()
        .limit(SUSPECT_VALUES)
        .forEach(
            value ->
                message.addValuesBuilder().setValue(value.value()).setTest(write(value.ratio())));
    return message.build();
  }

  /**
   * A test over looks.
   *
   * @param least p-values by each look
   */
  static RatioBet write(List<Double> least, Severity severity) {
    return RatioBet.newBuilder()
        .setPValue(least.getLast())
        .setSeverity(write(severity))
        .addAllPValues(least)
        .build();
  }

  static RatioTest write(SampleRatio ratio) {
    RatioTest.Builder message =
        RatioTest.newBuilder()
            .setDegreesOfFreedom(ratio.degreesOfFreedom())
            .setPValue(ratio.pValue())
            .setSeverity(write(ratio.severity()));
    if (Double.isFinite(ratio.statistic())) {
      message.setStatistic(ratio.statistic());
    }
    return message.build();
  }

  static RatioSeverity write(Severity severity) {
    return switch (severity) {
      case FINE -> RatioSeverity.RATIO_SEVERITY_FINE;
      case WARNING -> RatioSeverity.RATIO_SEVERITY_WARNING;
      case ALARM -> RatioSeverity.RATIO_SEVERITY_ALARM;
    };
  }
}
