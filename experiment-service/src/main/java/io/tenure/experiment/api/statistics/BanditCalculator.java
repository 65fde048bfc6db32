package io.tenure.experiment.api.statistics;

import io.tenure.proto.experiment.v1.BanditArm;
import io.tenure.proto.experiment.v1.WeighBanditRequest;
import io.tenure.proto.experiment.v1.WeighBanditResponse;
import io.tenure.statistics.bandit.PeriodWeighted;
import io.tenure.statistics.bandit.ThompsonWeights;
import io.tenure.statistics.sample.ArmEstimate;
import io.tenure.statistics.sample.Obstacle;
import io.tenure.statistics.sample.Sample;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Who gets the traffic. */
final class BanditCalculator {

  private static final int MOST_ARMS = 20;
  private static final int MOST_PERIODS = 100;

  private BanditCalculator() {}

  static WeighBanditResponse weigh(WeighBanditRequest request) {
    Inspection inspection = new Inspection();
    inspect(inspection, request);
    inspection.check();
    if (request.getArms(0).hasBelief()) {
      return write(
          request,
          request.getArmsList().stream().mapToDouble(arm -> arm.getBelief().getMean()).toArray(),
          request.getArmsList().stream()
              .mapToDouble(arm -> arm.getBelief().getDeviation())
              .toArray());
    }
    return weigh(request, periods(request));
  }

  private static void inspect(Inspection inspection, WeighBanditRequest request) {
    int arms = request.getArmsCount();
    inspection.count("arms", arms, 2, MOST_ARMS);
    inspection.known("direction", request.getDirection());
    inspection.between(
        "floor", request.getFloor(), 0, 1.0 / Math.max(1, arms), "0 to 1 over the number of arms");
    Set<String> names = new HashSet<>();
    for (int i = 0; i < arms; i++) {
      String field = "arms[" + i + "]";
      inspection.name(field + ".arm", request.getArms(i).getArm(), names);
      inspect(inspection, field, request.getArms(i), request.getArms(0));
    }
  }

  private static void inspect(Inspection inspection, String field, BanditArm arm, BanditArm first) {
    inspection.require(
        arm.hasBelief() == first.hasBelief(), field, "all arms have a belief or none has");
    if (arm.hasBelief()) {
      inspection.require(arm.getPeriodsCount() == 0, field + ".periods", "not beside a belief");
      inspection.number(field + ".belief.mean", arm.getBelief().getMean());
      inspection.between(
          field + ".belief.deviation",
          arm.getBelief().getDeviation(),
          1e-100,
          1e100,
          "positive, from 1e-100 to 1e100");
      return;
    }
    inspection.count(field + ".periods", arm.getPeriodsCount(), 1, MOST_PERIODS);
    inspection.require(
        arm.getPeriodsCount() == first.getPeriodsCount(),
        field + ".periods",
        "as many as those of the first arm");
    for (int i = 0; i < arm.getPeriodsCount(); i++) {
      String period = field + ".periods[" + i + "]";
      SampleReader.inspect(inspection, period, arm.getPeriods(i));
      inspection.require(
          first.getPeriodsCount() > 0
              && SampleReader.shape(arm.getPeriods(i))
                  .equals(SampleReader.shape(first.getPeriods(0))),
          period,
          "the kind of the first arm's first period");
    }
  }

  /** The samples of all arms, period by period. */
  private static List<List<Sample>> periods(WeighBanditRequest request) {
    return IntStream.range(0, request.getArms(0).getPeriodsCount())
        .mapToObj(
            period ->
                request.getArmsList().stream()
                    .map(arm -> SampleReader.read(arm.getPeriods(period)))
                    .toList())
        .toList();
  }

  private static WeighBanditResponse weigh(WeighBanditRequest request, List<List<Sample>> periods) {
    Optional<Obstacle> obstacle =
        periods.stream()
            .flatMap(List::stream)
            .flatMap(sample -> sample.obstacle().stream())
            .findFirst();
    if (obstacle.isPresent()) {
      return refuse(obstacle.get());
    }
    List<ArmEstimate> arms = new ArrayList<>();
    PeriodWeighted.estimates(periods).forEach(arm -> arm.ifPresent(arms::add));
    if (arms.stream().anyMatch(arm -> arm.variance() == 0)) {
      return refuse(new Obstacle.ZeroVariance());
    }
    double[] means = arms.stream().mapToDouble(ArmEstimate::value).toArray();
    double[] deviations = arms.stream().mapToDouble(arm -> Math.sqrt(arm.variance())).toArray();
    boolean finite =
        IntStream.range(0, means.length)
            .allMatch(arm -> Double.isFinite(means[arm]) && Double.isFinite(deviations[arm]));
    return finite ? write(request, means, deviations) : refuse(new Obstacle.NotFinite());
  }

  private static WeighBanditResponse refuse(Obstacle obstacle) {
    return WeighBanditResponse.newBuilder().setObstacle(ObstacleWriter.write(obstacle)).build();
  }

  private static WeighBanditResponse write(
      WeighBanditRequest request, double[] means, double[] deviations) {
    double[] weights =
        ThompsonWeights.of(
            means,
            deviations,
            TermsReader.direction(request.getDirection()),
            Math.min(request.getFloor(), 1.0 / means.length));
    WeighBanditResponse.Builder response = WeighBanditResponse.newBuilder();
    for (int arm = 0; arm < weights.length; arm++) {
      response
          .addWeightsBuilder()
          .setArm(request.getArms(arm).getArm())
          .setWeight(Math.clamp(weights[arm], 0, 1));
    }
    return response.build();
  }
}
