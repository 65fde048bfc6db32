package io.tenure.experiment.api.statistics;

import io.tenure.experiment.domain.planning.Outline;
import io.tenure.proto.experiment.v1.ArmDetectableEffect;
import io.tenure.proto.experiment.v1.ArmPower;
import io.tenure.proto.experiment.v1.CalculateDetectableEffectRequest;
import io.tenure.proto.experiment.v1.CalculateDetectableEffectResponse;
import io.tenure.proto.experiment.v1.CalculatePowerRequest;
import io.tenure.proto.experiment.v1.CalculatePowerResponse;
import io.tenure.proto.experiment.v1.CalculateSampleSizeRequest;
import io.tenure.proto.experiment.v1.CalculateSampleSizeResponse;
import io.tenure.proto.experiment.v1.ExperimentOutline;
import io.tenure.proto.experiment.v1.ObstacleKind;
import io.tenure.statistics.effect.Alternative;

/** How likely, how many, how little: the three questions before an experiment. */
final class PowerCalculator {

  private static final double USUAL_POWER = 0.8;
  private static final long LEAST_UNITS = 4;

  private PowerCalculator() {}

  static CalculatePowerResponse power(CalculatePowerRequest request) {
    Inspection inspection = new Inspection();
    OutlineReader.inspect(inspection, request.getOutline());
    OutlineReader.inspectEffect(inspection, request.getOutline(), request.getEffect());
    inspectUnits(inspection, request.getOutline(), request.getUnits());
    inspection.check();
    Outline outline = OutlineReader.read(request.getOutline());
    CalculatePowerResponse.Builder response = CalculatePowerResponse.newBuilder();
    long units = units(outline, request.getOutline(), request.getUnits());
    for (Outline.Power power : outline.power(request.getEffect(), units)) {
      response.addArms(
          ArmPower.newBuilder()
              .setTreatmentUnits(power.arms().treatment())
              .setControlUnits(power.arms().control())
              .setPower(power.power()));
    }
    return response.build();
  }

  static CalculateSampleSizeResponse sampleSize(CalculateSampleSizeRequest request) {
    Inspection inspection = new Inspection();
    OutlineReader.inspect(inspection, request.getOutline());
    OutlineReader.inspectEffect(inspection, request.getOutline(), request.getEffect());
    inspectPower(inspection, request.getOutline(), request.getPower());
    inspection.check();
    Outline outline = OutlineReader.read(request.getOutline());
    return switch (outline.size(request.getEffect(), orUsual(request.getPower()))) {
      case Outline.Size.Units units ->
          CalculateSampleSizeResponse.newBuilder()
              .addAllArmUnits(units.arms())
              .setTotalUnits(units.total())
              .build();
      case Outline.Size.TooMany() ->
          CalculateSampleSizeResponse.newBuilder()
              .setObstacle(
                  ObstacleWriter.write(
                      ObstacleKind.OBSTACLE_KIND_TOO_MANY_UNITS,
                      "So small an effect takes more than 1e15 units"))
              .build();
    };
  }

  static CalculateDetectableEffectResponse detectableEffect(
      CalculateDetectableEffectRequest request) {
    Inspection inspection = new Inspection();
    OutlineReader.inspect(inspection, request.getOutline());
    inspectPower(inspection, request.getOutline(), request.getPower());
    inspectUnits(inspection, request.getOutline(), request.getUnits());
    inspection.check();
    Outline outline = OutlineReader.read(request.getOutline());
    CalculateDetectableEffectResponse.Builder response =
        CalculateDetectableEffectResponse.newBuilder();
    long units = units(outline, request.getOutline(), request.getUnits());
    for (Outline.Detectable found : outline.detectable(units, orUsual(request.getPower()))) {
      response.addArms(write(found, outline.alternative()));
    }
    return response.build();
  }

  private static ArmDetectableEffect write(Outline.Detectable found, Alternative alternative) {
    ArmDetectableEffect.Builder message =
        ArmDetectableEffect.newBuilder()
            .setTreatmentUnits(found.arms().treatment())
            .setControlUnits(found.arms().control());
    found.increase().ifPresent(message::setIncrease);
    found.decrease().ifPresent(message::setDecrease);
    String missing = missing(found, alternative);
    if (!missing.isEmpty()) {
      message.setObstacle(
          ObstacleWriter.write(
              ObstacleKind.OBSTACLE_KIND_UNDETECTABLE,
              "No " + missing + " is great enough to be found with so few units"));
    }
    return message.build();
  }

  private static String missing(Outline.Detectable found, Alternative alternative) {
    boolean increase = found.increase().isEmpty() && alternative != Alternative.LESS;
    boolean decrease = found.decrease().isEmpty() && alternative != Alternative.GREATER;
    if (increase && decrease) {
      return "increase and no decrease";
    }
    return increase ? "increase" : decrease ? "decrease" : "";
  }

  private static void inspectPower(Inspection inspection, ExperimentOutline outline, double power) {
    inspection.between("power", orUsual(power), 0.05, 0.999, "0.05 to 0.999");
    inspection.require(
        orUsual(power) > TermsReader.alpha(outline.getDesign()), "power", "greater than alpha");
  }

  private static void inspectUnits(Inspection inspection, ExperimentOutline outline, long units) {
    if (units != 0 || !outline.hasControl()) {
      inspection.units("units", units, LEAST_UNITS);
    }
  }

  private static long units(Outline outline, ExperimentOutline message, long units) {
    return units == 0 ? outline.total(OutlineReader.controlUnits(message).orElseThrow()) : units;
  }

  private static double orUsual(double power) {
    return power == 0 ? USUAL_POWER : power;
  }
}
