package io.tenure.experiment.api.statistics;

import io.tenure.proto.experiment.v1.LookBound;
import io.tenure.proto.experiment.v1.PlanSequentialRequest;
import io.tenure.proto.experiment.v1.PlanSequentialResponse;
import io.tenure.proto.experiment.v1.TestDesign;
import io.tenure.statistics.effect.Alternative;
import io.tenure.statistics.sequential.ConfidenceSequencePlan;
import io.tenure.statistics.sequential.GroupSequentialPlan;
import io.tenure.statistics.sequential.Looks;
import java.util.List;
import java.util.stream.LongStream;

/** How far a metric has to be from zero at each look. */
final class SequentialPlanner {

  private static final int MOST_LOOKS = 500;
  private static final int USUAL_LOOKS = 28;
  private static final double LEAST_STEP = 0.001;

  private SequentialPlanner() {}

  static PlanSequentialResponse plan(PlanSequentialRequest request) {
    Inspection inspection = new Inspection();
    inspect(inspection, request);
    inspection.check();
    TestDesign design = request.getDesign();
    List<Long> units = units(request);
    return TermsReader.isGroupSequential(design)
        ? write(TermsReader.groupSequential(design, request.getPlannedUnits()), units)
        : write(TermsReader.sequence(design, request.getPlannedUnits()), units);
  }

  private static void inspect(Inspection inspection, PlanSequentialRequest request) {
    TestDesign design = request.getDesign();
    TermsReader.inspect(inspection, "design", design);
    inspection.require(
        TermsReader.isSequential(design), "design.kind", "a fixed design has no bounds");
    List<Long> looks = request.getLookUnitsList();
    LooksReader.inspect(
        inspection, design, request.getPlannedUnits(), looks, MOST_LOOKS, LEAST_STEP);
    if (looks.isEmpty()) {
      inspection.between("looks", looks(request), 1, MOST_LOOKS, "1 to 500 looks");
      inspection.require(
          looks(request) <= request.getPlannedUnits(), "looks", "no more than planned units");
    } else {
      inspection.require(request.getLooks() == 0, "looks", "not together with look_units");
      inspection.require(
          !TermsReader.isGroupSequential(design) || looks.getLast() <= request.getPlannedUnits(),
          "look_units",
          "end at most at the planned end");
    }
  }

  private static List<Long> units(PlanSequentialRequest request) {
    if (request.getLookUnitsCount() > 0) {
      return request.getLookUnitsList();
    }
    double step = (double) request.getPlannedUnits() / looks(request);
    return LongStream.rangeClosed(1, looks(request))
        .map(look -> Math.min(request.getPlannedUnits(), Math.round(step * look)))
        .boxed()
        .toList();
  }

  private static PlanSequentialResponse write(GroupSequentialPlan plan, List<Long> units) {
    PlanSequentialResponse.Builder response = PlanSequentialResponse.newBuilder();
    Looks looks = plan.start();
    for (long at : units) {
      looks = looks.next(at);
      response.addLooks(
          bound(at, plan.maxUnits(), looks.latestBound(), plan.alternative())
              .setSpentAlpha(looks.spentSoFar()));
    }
    return response.build();
  }

  private static PlanSequentialResponse write(ConfidenceSequencePlan plan, List<Long> units) {
    PlanSequentialResponse.Builder response = PlanSequentialResponse.newBuilder();
    for (long at : units) {
      response.addLooks(bound(at, plan.plannedUnits(), plan.bound(at), plan.alternative()));
    }
    return response.build();
  }

  private static LookBound.Builder bound(
      long units, long planned, double bound, Alternative alternative) {
    LookBound.Builder message =
        LookBound.newBuilder().setUnits(units).setShare((double) units / planned);
    if (Double.isFinite(bound)) {
      double oriented = alternative == Alternative.LESS ? -bound : bound;
      message
          .setBound(bound)
          .setNominalAlpha(alternative.pValue(oriented, Double.POSITIVE_INFINITY));
    }
    return message;
  }

  private static int looks(PlanSequentialRequest request) {
    return request.getLooks() == 0 ? USUAL_LOOKS : request.getLooks();
  }
}
