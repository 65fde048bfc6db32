package io.tenure.experiment.api;

import io.tenure.condition.api.Fields;
import io.tenure.experiment.domain.serving.Assigner;
import io.tenure.experiment.domain.serving.Assignment;
import io.tenure.experiment.domain.warehouse.AllocationSql;
import io.tenure.experiment.domain.warehouse.Omission;
import io.tenure.proto.experiment.v1.AllocationOmission;
import io.tenure.proto.experiment.v1.AssignmentReason;

/** Assignments, to their messages. */
final class AssignmentMessages {

  private AssignmentMessages() {}

  static io.tenure.proto.experiment.v1.Assignment write(Assignment assignment) {
    io.tenure.proto.experiment.v1.Assignment.Builder message =
        io.tenure.proto.experiment.v1.Assignment.newBuilder()
            .setReason(reason(assignment.reason()))
            .setVariant(assignment.variant())
            .setGate(assignment.gate())
            .setDegraded(assignment.degraded());
    Long bucket = assignment.bucket();
    if (bucket != null) {
      message.setBucket(bucket);
    }
    return message.build();
  }

  static io.tenure.proto.experiment.v1.AllocationSql write(AllocationSql sql, Assigner assigner) {
    io.tenure.proto.experiment.v1.AllocationSql.Builder message =
        io.tenure.proto.experiment.v1.AllocationSql.newBuilder()
            .setVariant(sql.variant())
            .setReason(sql.reason())
            .setAsOfTime(Fields.timestamp(assigner.now()));
    sql.omissions().stream().sorted().forEach(one -> message.addOmissions(omission(one)));
    AllocationSql.expiry(assigner.tested(), assigner.now())
        .ifPresent(expiry -> message.setExpireTime(Fields.timestamp(expiry)));
    return message.build();
  }

  private static AssignmentReason reason(
      io.tenure.experiment.domain.serving.AssignmentReason reason) {
    return switch (reason) {
      case ARM -> AssignmentReason.ASSIGNMENT_REASON_ARM;
      case HELD_OUT -> AssignmentReason.ASSIGNMENT_REASON_HELD_OUT;
      case NOT_IN_LAYER -> AssignmentReason.ASSIGNMENT_REASON_NOT_IN_LAYER;
      case NOT_ENROLLED -> AssignmentReason.ASSIGNMENT_REASON_NOT_ENROLLED;
      case NOT_IN_AUDIENCE -> AssignmentReason.ASSIGNMENT_REASON_NOT_IN_AUDIENCE;
      case NO_UNIT -> AssignmentReason.ASSIGNMENT_REASON_NO_UNIT;
      case DEALT_BEFORE -> AssignmentReason.ASSIGNMENT_REASON_DEALT_BEFORE;
      case NOT_REACHED -> AssignmentReason.ASSIGNMENT_REASON_NOT_REACHED;
    };
  }

  private static AllocationOmission omission(Omission omission) {
    return switch (omission) {
      case AUDIENCE -> AllocationOmission.ALLOCATION_OMISSION_AUDIENCE;
      case DISABLED -> AllocationOmission.ALLOCATION_OMISSION_DISABLED;
      case LISTS -> AllocationOmission.ALLOCATION_OMISSION_LISTS;
      case PREREQUISITES -> AllocationOmission.ALLOCATION_OMISSION_PREREQUISITES;
      case EARLIER_RULES -> AllocationOmission.ALLOCATION_OMISSION_EARLIER_RULES;
      case SCHEDULE -> AllocationOmission.ALLOCATION_OMISSION_SCHEDULE;
      case KEPT_VARIANTS -> AllocationOmission.ALLOCATION_OMISSION_KEPT_VARIANTS;
    };
  }
}
