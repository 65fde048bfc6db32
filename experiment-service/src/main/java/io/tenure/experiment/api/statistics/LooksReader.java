package io.tenure.experiment.api.statistics;

import io.tenure.proto.experiment.v1.TestDesign;
import java.util.List;

/** Numbers of units at which a sequential design is looked at. */
final class LooksReader {

  private LooksReader() {}

  /**
   * Inspects looks.
   *
   * @param most of them
   * @param leastStep share of the planned units between two of them in a group-sequential design;
   *     smaller steps make bounds, and their p-values even more, slow to find
   */
  static void inspect(
      Inspection inspection,
      TestDesign design,
      long plannedUnits,
      List<Long> looks,
      int most,
      double leastStep) {
    inspection.units("planned_units", plannedUnits, 1);
    inspection.count("look_units", looks.size(), 0, most);
    long before = 0;
    for (int i = 0; i < looks.size(); i++) {
      long at = looks.get(i);
      String field = "look_units[" + i + "]";
      if (!inspection.units(field, at, 1)
          || !inspection.require(at > before, field, "more than at the look before")) {
        return;
      }
      boolean small = at - before < plannedUnits * leastStep;
      inspection.require(
          !small || at > plannedUnits || !TermsReader.isGroupSequential(design),
          field,
          "at least " + leastStep * 100 + " % of the planned units more than at the look before");
      before = at;
    }
  }
}
