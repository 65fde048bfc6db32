package io.tenure.gateway.api.abtest;

import io.tenure.proto.evaluator.v1.UnitType;
import io.tenure.proto.experiment.v1.Evaluation;
import io.tenure.proto.experiment.v1.Participation;
import tools.jackson.core.JsonGenerator;

/**
 * A decision as an SDK hears it. Its ids are made so that the trigger an SDK sends later says by
 * itself what was dealt to which unit: {@code KEY#PHASE}, for units other than users {@code
 * KEY#PHASE@UNIT_TYPE}, the variant, and {@code EXPERIMENT/VARIANT/UNIT} for the two together. What
 * the experiment did not deal is served as to a white list, which the SDKs never report as seen.
 */
record ExperimentResult(String variant, Participation participation) {

  /** The protocol's word for a result nobody was dealt. */
  private static final String UNDEALT = "-1";

  /** Of a decision about a flag that tests something. */
  static ExperimentResult of(Evaluation evaluation) {
    return new ExperimentResult(evaluation.getVariant(), evaluation.getParticipation());
  }

  void write(JsonGenerator json, Parameter parameter) {
    String id = id();
    String unit = participation.getUnit();
    json.writeStartObject();
    json.writeStringProperty("abtest_experiment_id", id);
    json.writeStringProperty("abtest_experiment_group_id", variant);
    json.writeBooleanProperty("is_control_group", variant.equals(participation.getControl()));
    json.writeBooleanProperty("is_white_list", !participation.getDealt());
    json.writeStringProperty("experiment_type", "CODE");
    json.writeName("variables");
    json.writeStartArray();
    parameter.write(json);
    json.writeEndArray();
    json.writeStringProperty(
        "abtest_experiment_result_id",
        participation.getDealt() ? String.join("/", id, variant, unit) : UNDEALT);
    json.writeStringProperty("subject_id", unit);
    json.writeStringProperty("subject_name", subject());
    json.writeStringProperty(
        "abtest_experiment_version", Integer.toString(participation.getPhase()));
    // A unit that falls out of the audience loses its variant.
    json.writeStringProperty("stickiness", "UNSTICKINESS");
    json.writeBooleanProperty("cacheable", true);
    json.writeEndObject();
  }

  private String id() {
    String run = participation.getExperiment() + '#' + participation.getPhase();
    return switch (unitType()) {
      case UNIT_TYPE_DEVICE -> run + "@device";
      case UNIT_TYPE_ACCOUNT -> run + "@account";
      case UNIT_TYPE_HOUSEHOLD -> run + "@household";
      case UNIT_TYPE_USER, UNIT_TYPE_UNSPECIFIED, UNRECOGNIZED -> run;
    };
  }

  private String subject() {
    return switch (unitType()) {
      case UNIT_TYPE_DEVICE -> "DEVICE";
      case UNIT_TYPE_ACCOUNT, UNIT_TYPE_HOUSEHOLD -> "CUSTOM";
      case UNIT_TYPE_USER, UNIT_TYPE_UNSPECIFIED, UNRECOGNIZED -> "USER";
    };
  }

  private UnitType unitType() {
    return participation.getUnitType();
  }
}
