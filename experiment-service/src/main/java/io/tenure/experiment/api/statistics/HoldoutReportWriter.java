package io.tenure.experiment.api.statistics;

import io.tenure.condition.api.Fields;
import io.tenure.experiment.domain.experiment.Run;
import io.tenure.experiment.domain.result.HoldoutReport;
import io.tenure.proto.experiment.v1.HoldoutExperiment;
import java.time.Instant;

/** Reports of hold-outs, to their message. */
final class HoldoutReportWriter {

  private HoldoutReportWriter() {}

  static io.tenure.proto.experiment.v1.HoldoutReport write(HoldoutReport report) {
    io.tenure.proto.experiment.v1.HoldoutReport.Builder message =
        io.tenure.proto.experiment.v1.HoldoutReport.newBuilder()
            .setHoldoutKey(report.holdout().key())
            .setStartTime(Fields.timestamp(report.start()))
            .setLookTime(Fields.timestamp(report.look()))
            .setAsOf(Fields.timestamp(report.asOf()))
            .setComputeTime(Fields.timestamp(report.computed()))
            .addAllArms(ResultWriter.write(report.balance()))
            .setSampleRatio(RatioWriter.write(report.ratio()))
            .setSampleRatioOverLooks(
                RatioWriter.write(report.overLooks(), report.severityOverLooks()))
            .setMixedUnits(report.mixed().units())
            .addAllFindings(report.findings());
    report
        .metrics()
        .forEach(
            metric ->
                message.addMetrics(ResultWriter.write(report.balance().treatments(), metric)));
    report.series().forEach(series -> message.addSeries(ResultWriter.write(series)));
    report.members().forEach(member -> message.addExperiments(write(member)));
    return message.build();
  }

  private static HoldoutExperiment write(HoldoutReport.Member member) {
    Run last = member.experiment().runs().getLast();
    HoldoutExperiment.Builder message =
        HoldoutExperiment.newBuilder()
            .setKey(member.experiment().key())
            .setDisplayName(member.experiment().design().displayName())
            .setStartTime(Fields.timestamp(member.start()))
            .setDecidedVariant(last.decided());
    Instant stop = last.stop();
    if (stop != null) {
      message.setStopTime(Fields.timestamp(stop));
    }
    return message.build();
  }
}
