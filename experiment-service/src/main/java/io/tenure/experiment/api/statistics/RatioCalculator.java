package io.tenure.experiment.api.statistics;

import io.tenure.proto.experiment.v1.ArmCount;
import io.tenure.proto.experiment.v1.CheckSampleRatioRequest;
import io.tenure.proto.experiment.v1.CheckSampleRatioResponse;
import io.tenure.proto.experiment.v1.RatioBet;
import io.tenure.proto.experiment.v1.UnitCounts;
import io.tenure.proto.experiment.v1.UnitDimension;
import io.tenure.statistics.balance.Culprits;
import io.tenure.statistics.balance.SampleRatio;
import io.tenure.statistics.balance.SampleRatioRun;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Did units arrive as they were meant to? */
final class RatioCalculator {

  private static final int MOST_ARMS = 100;
  private static final int MOST_LOOKS = 1_000;
  private static final int MOST_DIMENSIONS = 50;
  private static final int MOST_VALUES_OF_ONE = 1_000;
  private static final int MOST_VALUES = 5_000;

  private RatioCalculator() {}

  static CheckSampleRatioResponse check(CheckSampleRatioRequest request) {
    Inspection inspection = new Inspection();
    inspectArms(inspection, request);
    inspectLooks(inspection, request);
    inspectDimensions(inspection, request);
    inspection.between(
        "concentration", concentration(request), 1, 1e9, "a number of units from 1 to 1e9");
    inspection.check();
    long[] units = request.getArmsList().stream().mapToLong(ArmCount::getUnits).toArray();
    double[] weights =
        request.getArmsList().stream().mapToDouble(RatioCalculator::weight).toArray();
    CheckSampleRatioResponse.Builder response =
        CheckSampleRatioResponse.newBuilder()
            .setTest(RatioWriter.write(SampleRatio.check(units, weights)))
            .setSequential(bet(request, units, weights));
    response.addAllArms(
        RatioWriter.arms(
            request.getArmsList().stream().map(ArmCount::getArm).toList(), units, weights));
    for (Culprits.Suspect suspect : Culprits.rank(dimensions(request), weights)) {
      response.addSuspects(RatioWriter.write(suspect));
    }
    return response.build();
  }

  private static void inspectArms(Inspection inspection, CheckSampleRatioRequest request) {
    inspection.count("arms", request.getArmsCount(), 2, MOST_ARMS);
    Set<String> names = new HashSet<>();
    double sum = 0;
    for (int i = 0; i < request.getArmsCount(); i++) {
      ArmCount arm = request.getArms(i);
      String field = "arms[" + i + "]";
      inspection.name(field + ".arm", arm.getArm(), names);
      inspection.units(field + ".units", arm.getUnits(), 0);
      inspection.require(
          weight(arm) == 0 || (weight(arm) >= 1e-9 && weight(arm) <= 1e9),
          field + ".weight",
          "0, or from 1e-9 to 1e9");
      sum += weight(arm);
    }
    inspection.require(
        request.getArmsCount() == 0 || sum != 0, "arms", "at least one weight is positive");
  }

  private static void inspectLooks(Inspection inspection, CheckSampleRatioRequest request) {
    inspection.count("earlier_looks", request.getEarlierLooksCount(), 0, MOST_LOOKS);
    List<Long> latest = List.of();
    for (int i = 0; i < request.getEarlierLooksCount(); i++) {
      String field = "earlier_looks[" + i + "].units";
      List<Long> units = request.getEarlierLooks(i).getUnitsList();
      if (inspectUnits(inspection, field, units, request.getArmsCount())) {
        inspection.require(isReached(latest, units), field, "counts never fall from look to look");
        latest = units;
      }
    }
    List<Long> now = request.getArmsList().stream().map(ArmCount::getUnits).toList();
    inspection.require(isReached(latest, now), "arms", "have fewer units than at an earlier look");
  }

  private static boolean isReached(List<Long> before, List<Long> after) {
    for (int arm = 0; arm < before.size() && arm < after.size(); arm++) {
      if (before.get(arm) > after.get(arm)) {
        return false;
      }
    }
    return true;
  }

  private static boolean inspectUnits(
      Inspection inspection, String field, List<Long> units, int arms) {
    boolean good = inspection.require(units.size() == arms, field, "one number for each arm");
    for (int arm = 0; arm < units.size() && good; arm++) {
      good = inspection.units(field + "[" + arm + "]", units.get(arm), 0);
    }
    return good;
  }

  private static void inspectDimensions(Inspection inspection, CheckSampleRatioRequest request) {
    inspection.count("dimensions", request.getDimensionsCount(), 0, MOST_DIMENSIONS);
    Set<String> names = new HashSet<>();
    int values = 0;
    for (int i = 0; i < request.getDimensionsCount(); i++) {
      UnitDimension dimension = request.getDimensions(i);
      String field = "dimensions[" + i + "]";
      inspection.name(field + ".name", dimension.getName(), names);
      inspection.count(field + ".values", dimension.getValuesCount(), 1, MOST_VALUES_OF_ONE);
      values += dimension.getValuesCount();
      Set<String> valueNames = new HashSet<>();
      for (int v = 0; v < dimension.getValuesCount(); v++) {
        String value = field + ".values[" + v + "]";
        inspection.name(value + ".name", dimension.getValues(v).getName(), valueNames);
        inspectUnits(
            inspection,
            value + ".units",
            dimension.getValues(v).getUnitsList(),
            request.getArmsCount());
      }
    }
    inspection.require(values <= MOST_VALUES, "dimensions", "at most 5000 values together");
  }

  private static List<Culprits.Dimension> dimensions(CheckSampleRatioRequest request) {
    return request.getDimensionsList().stream()
        .map(
            dimension ->
                new Culprits.Dimension(
                    dimension.getName(),
                    dimension.getValuesList().stream()
                        .map(
                            value ->
                                new Culprits.Value(value.getName(), longs(value.getUnitsList())))
                        .toList()))
        .toList();
  }

  private static RatioBet bet(CheckSampleRatioRequest request, long[] units, double[] weights) {
    SampleRatioRun run = SampleRatioRun.withConcentration(concentration(request), weights);
    RatioBet.Builder bet = RatioBet.newBuilder();
    for (UnitCounts look : request.getEarlierLooksList()) {
      run = run.next(longs(look.getUnitsList()));
      bet.addPValues(run.pValue());
    }
    run = run.next(units);
    return bet.addPValues(run.pValue())
        .setPValue(run.pValue())
        .setSeverity(RatioWriter.write(run.severity()))
        .build();
  }

  private static double concentration(CheckSampleRatioRequest request) {
    return request.getConcentration() == 0
        ? SampleRatioRun.USUAL_CONCENTRATION
        : request.getConcentration();
  }

  private static double weight(ArmCount arm) {
    return arm.hasWeight() ? arm.getWeight() : 1;
  }

  private static long[] longs(List<Long> values) {
    return values.stream().mapToLong(Long::longValue).toArray();
  }
}
