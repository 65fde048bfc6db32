package io.tenure.experiment.api.statistics;

import io.tenure.proto.experiment.v1.DesignKind;
import io.tenure.proto.experiment.v1.EffectScale;
import io.tenure.proto.experiment.v1.MetricDirection;
import io.tenure.proto.experiment.v1.SpendingKind;
import io.tenure.proto.experiment.v1.TestDesign;
import io.tenure.statistics.effect.Alternative;
import io.tenure.statistics.effect.Direction;
import io.tenure.statistics.effect.Scale;
import io.tenure.statistics.sequential.ConfidenceSequencePlan;
import io.tenure.statistics.sequential.GroupSequentialPlan;
import io.tenure.statistics.sequential.Spending;

/** The terms of a test, with their defaults. */
final class TermsReader {

  private static final double USUAL_ALPHA = 0.05;
  private static final double USUAL_EXPONENT = 2;

  private TermsReader() {}

  static void inspect(Inspection inspection, String field, TestDesign design) {
    inspection.known(field + ".kind", design.getKind());
    inspection.known(field + ".alternative", design.getAlternative());
    inspection.known(field + ".spending", design.getSpending());
    inspection.between(field + ".alpha", alpha(design), 1e-6, 0.5, "0.000001 to 0.5");
    inspection.between(
        field + ".spending_exponent", exponent(design), 0.1, 10, "an exponent from 0.1 to 10");
  }

  static double alpha(TestDesign design) {
    return design.getAlpha() == 0 ? USUAL_ALPHA : design.getAlpha();
  }

  /** The kind, fixed when none is given. */
  static DesignKind kind(TestDesign design) {
    return design.getKind() == DesignKind.DESIGN_KIND_UNSPECIFIED
        ? DesignKind.DESIGN_KIND_FIXED
        : design.getKind();
  }

  static boolean isGroupSequential(TestDesign design) {
    return kind(design) == DesignKind.DESIGN_KIND_GROUP_SEQUENTIAL;
  }

  static boolean isSequential(TestDesign design) {
    return kind(design) != DesignKind.DESIGN_KIND_FIXED;
  }

  static Alternative alternative(TestDesign design) {
    return switch (design.getAlternative()) {
      case TEST_ALTERNATIVE_UNSPECIFIED, TEST_ALTERNATIVE_TWO_SIDED, UNRECOGNIZED ->
          Alternative.TWO_SIDED;
      case TEST_ALTERNATIVE_GREATER -> Alternative.GREATER;
      case TEST_ALTERNATIVE_LESS -> Alternative.LESS;
    };
  }

  static GroupSequentialPlan groupSequential(TestDesign design, long plannedUnits) {
    Spending spending =
        design.getSpending() == SpendingKind.SPENDING_KIND_OBRIEN_FLEMING
            ? new Spending.ObrienFleming()
            : new Spending.Power(exponent(design));
    return new GroupSequentialPlan(spending, alpha(design), alternative(design), plannedUnits);
  }

  static ConfidenceSequencePlan sequence(TestDesign design, long plannedUnits) {
    return new ConfidenceSequencePlan(alpha(design), alternative(design), plannedUnits);
  }

  static Scale scale(EffectScale scale) {
    return switch (scale) {
      case EFFECT_SCALE_ABSOLUTE -> Scale.ABSOLUTE;
      case EFFECT_SCALE_RELATIVE, EFFECT_SCALE_UNSPECIFIED, UNRECOGNIZED -> Scale.RELATIVE;
    };
  }

  static EffectScale scale(Scale scale) {
    return switch (scale) {
      case ABSOLUTE -> EffectScale.EFFECT_SCALE_ABSOLUTE;
      case RELATIVE -> EffectScale.EFFECT_SCALE_RELATIVE;
    };
  }

  static Direction direction(MetricDirection direction) {
    return switch (direction) {
      case METRIC_DIRECTION_LOWER_IS_BETTER -> Direction.LOWER_IS_BETTER;
      case METRIC_DIRECTION_HIGHER_IS_BETTER, METRIC_DIRECTION_UNSPECIFIED, UNRECOGNIZED ->
          Direction.HIGHER_IS_BETTER;
    };
  }

  private static double exponent(TestDesign design) {
    return design.getSpendingExponent() == 0 ? USUAL_EXPONENT : design.getSpendingExponent();
  }
}
