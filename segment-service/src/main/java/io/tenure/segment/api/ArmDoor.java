package io.tenure.segment.api;

import static io.tenure.condition.api.Fields.at;

import io.tenure.condition.api.Fields;
import io.tenure.condition.domain.EventSelector;
import io.tenure.platform.failure.Failure;
import io.tenure.proto.analysis.v1.AnalysisCell;
import io.tenure.proto.analysis.v1.AnalysisQuery;
import io.tenure.proto.analysis.v1.AnalysisQuery.ModelCase;
import io.tenure.proto.analysis.v1.AnalysisResult;
import io.tenure.proto.analysis.v1.ArmDealing;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.arm.ArmCell;
import io.tenure.segment.domain.arm.ArmComparison;
import io.tenure.segment.domain.arm.ArmMetric;
import io.tenure.segment.domain.arm.ArmOrigin;
import io.tenure.segment.domain.arm.ArmQuery;
import io.tenure.segment.domain.arm.Arms;
import io.tenure.segment.domain.arm.OtherExposure;
import io.tenure.segment.domain.cohort.StartValues;
import io.tenure.segment.domain.journey.Column;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The door to what arms of experiments did. */
@Component
public final class ArmDoor implements ModelDoor<ArmQuery, Arms, ArmCell> {

  private static final String PATH = "query.arm";
  private static final String ARM_PROPERTY = "variant";

  private final ArmComparison comparison;

  /** A door to the given comparison. */
  public ArmDoor(ArmComparison comparison) {
    this.comparison = comparison;
  }

  @Override
  public ModelCase kind() {
    return ModelCase.ARM;
  }

  @Override
  public ArmComparison model() {
    return comparison;
  }

  @Override
  public ArmQuery question(AnalysisQuery query, Scope scope) {
    var asked = query.getArm();
    EventSelector exposure =
        ScopeReader.required(PATH + ".exposure", asked.hasExposure(), asked.getExposure());
    ArmOrigin origin = origin(asked);
    Column.@Nullable Property unit =
        LabelReader.property(PATH + ".unit_property", asked.getUnitProperty());
    @Nullable ArmMetric metric = metric(asked);
    List<Instant> looks = new ArrayList<>();
    for (int look = 0; look < asked.getLooksCount(); look++) {
      looks.add(Fields.instant(PATH + ".looks[" + look + "]", asked.getLooks(look)));
    }
    if (looks.isEmpty()) {
      looks.add(scope.range().end());
    }
    @Nullable StartValues values =
        CohortReader.values(PATH + ".breakdown", asked.hasBreakdown(), asked.getBreakdown());
    @Nullable OtherExposure other = asked.hasOther() ? other(asked.getOther(), scope) : null;
    return at(
        PATH + ".arms",
        () ->
            new ArmQuery(
                scope,
                exposure,
                origin,
                asked.getArmsList(),
                unit,
                metric,
                looks,
                asked.getCovariateDays(),
                values,
                other));
  }

  private static @Nullable ArmMetric metric(io.tenure.proto.analysis.v1.ArmQuery asked) {
    List<Duration> ends = new ArrayList<>();
    for (int end = 0; end < asked.getWindowEndsCount(); end++) {
      ends.add(Fields.duration(PATH + ".window_ends[" + end + "]", asked.getWindowEnds(end)));
    }
    if (!asked.hasMetric()) {
      if (!ends.isEmpty()) {
        throw Failure.invalid(PATH + ".window_ends", "needs a metric");
      }
      return null;
    }
    ArmMetric metric = ArmMetricReader.read(PATH + ".metric", asked.getMetric());
    return at(PATH + ".window_ends", () -> metric.in(ends));
  }

  private static OtherExposure other(io.tenure.proto.analysis.v1.OtherExposure asked, Scope scope) {
    String path = PATH + ".other";
    EventSelector exposure =
        ScopeReader.required(path + ".exposure", asked.hasExposure(), asked.getExposure());
    String property = asked.getArmProperty().isEmpty() ? ARM_PROPERTY : asked.getArmProperty();
    Column.Property arm = at(path + ".arm_property", () -> new Column.Property(property));
    Instant start =
        asked.hasStartTime()
            ? Fields.instant(path + ".start_time", asked.getStartTime())
            : scope.range().start();
    return new OtherExposure(exposure, arm, start);
  }

  private static ArmOrigin origin(io.tenure.proto.analysis.v1.ArmQuery asked) {
    if (!asked.hasDealing()) {
      String name = asked.getArmProperty().isEmpty() ? ARM_PROPERTY : asked.getArmProperty();
      return new ArmOrigin.Told(at(PATH + ".arm_property", () -> new Column.Property(name)));
    }
    if (!asked.getArmProperty().isEmpty()) {
      throw Failure.invalid(PATH + ".dealing", "cannot be given together with arm_property");
    }
    ArmDealing dealing = asked.getDealing();
    return at(
        PATH + ".dealing.weights",
        () -> new ArmOrigin.Dealt(dealing.getSalt(), dealing.getWeightsList()));
  }

  @Override
  public ArmCell cell(AnalysisCell cell, ArmQuery question) {
    var named = cell.getArm();
    if (!named.getArm().isEmpty() && !question.arms().contains(named.getArm())) {
      throw Failure.invalid("cell.arm.arm", "is none of the arms");
    }
    return new ArmCell(named.getArm(), named.getMixed());
  }

  @Override
  public void write(AnalysisQuery query, Arms arms, AnalysisResult.Builder result) {
    result.setArm(ArmWriter.write(arms));
  }
}
