package io.tenure.experiment.api.statistics;

import io.tenure.proto.experiment.v1.TestDesign;
import java.util.List;

/** Numbers of units at which a sequential design is looked at. */
final class LooksReader {

  /** Smaller steps make bounds slow to find. */
  private static final int MOST_STEPS = 1_000;

  private LooksReader() {}

  static void inspect(
      Inspection inspection, TestDesign design, long plannedUnits, List<Long> looks, int most) {
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
      boolean small = (at - before) < plannedUnits / (double) MOST_STEPS;
      inspection.require(
          !small || at > plannedUnits || !TermsReader.isGroupSequential(design),
          field,
          "at least 0.1 % of the planned units more than at the look before");
      before = at;
    }
  }
}
