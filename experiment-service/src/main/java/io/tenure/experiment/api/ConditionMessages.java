package io.tenure.experiment.api;

import io.tenure.experiment.domain.FlagCondition;
import io.tenure.experiment.domain.FlagCondition.All;
import io.tenure.experiment.domain.FlagCondition.Any;
import io.tenure.experiment.domain.FlagCondition.Member;
import io.tenure.experiment.domain.FlagCondition.Not;
import io.tenure.experiment.domain.FlagCondition.Trait;
import io.tenure.experiment.domain.Operator;
import io.tenure.platform.failure.FieldViolation;
import io.tenure.proto.condition.v1.Condition;
import io.tenure.proto.condition.v1.Conditions;
import io.tenure.proto.condition.v1.SegmentCondition;
import io.tenure.proto.condition.v1.TraitCondition;
import java.util.ArrayList;
import java.util.List;

/** Conditions, from and to their messages. */
final class ConditionMessages {

  private static final String PREFIX = "OPERATOR_";

  /** Stands for what could not be read; never leaves this class without a violation. */
  private static final FlagCondition UNREADABLE = new Any(List.of());

  private ConditionMessages() {}

  /** The condition of a message; what a flag cannot ask is added to the violations. */
  static FlagCondition read(String field, Condition message, List<FieldViolation> violations) {
    return switch (message.getKindCase()) {
      case ALL -> new All(parts(field + ".all", message.getAll(), violations));
      case ANY -> new Any(parts(field + ".any", message.getAny(), violations));
      case NOT -> new Not(read(field + ".not", message.getNot(), violations));
      case TRAIT -> trait(field + ".trait", message.getTrait(), violations);
      case SEGMENT -> new Member(message.getSegment().getSegmentId());
      case EVENT, LATEST, SEQUENCE ->
          unreadable(
              field,
              "a flag can ask for traits and segments only; make a segment of this condition",
              violations);
      case KIND_NOT_SET -> unreadable(field, "must be set", violations);
    };
  }

  static Condition write(FlagCondition condition) {
    Condition.Builder message = Condition.newBuilder();
    switch (condition) {
      case All all -> message.setAll(conditions(all.parts()));
      case Any any -> message.setAny(conditions(any.parts()));
      case Not not -> message.setNot(write(not.inner()));
      case Trait trait -> message.setTrait(write(trait));
      case Member member ->
          message.setSegment(SegmentCondition.newBuilder().setSegmentId(member.segmentId()));
    }
    return message.build();
  }

  private static List<FlagCondition> parts(
      String field, Conditions message, List<FieldViolation> violations) {
    List<FlagCondition> parts = new ArrayList<>();
    for (int i = 0; i < message.getConditionsCount(); i++) {
      parts.add(read(field + ".conditions[" + i + "]", message.getConditions(i), violations));
    }
    return parts;
  }

  private static FlagCondition trait(
      String field, TraitCondition message, List<FieldViolation> violations) {
    return switch (message.getOperator()) {
      case OPERATOR_UNSPECIFIED, UNRECOGNIZED ->
          unreadable(field + ".operator", "must be set", violations);
      case OPERATOR_HAS_ELEMENT ->
          unreadable(field + ".operator", "cannot be asked by a flag", violations);
      case OPERATOR_EQUAL,
          OPERATOR_NOT_EQUAL,
          OPERATOR_LESS,
          OPERATOR_LESS_OR_EQUAL,
          OPERATOR_GREATER,
          OPERATOR_GREATER_OR_EQUAL,
          OPERATOR_CONTAINS,
          OPERATOR_STARTS_WITH,
          OPERATOR_IS_SET,
          OPERATOR_IS_NOT_SET ->
          new Trait(
              message.getName(),
              Operator.valueOf(message.getOperator().name().substring(PREFIX.length())),
              message.getValuesList().stream().map(ValueMessages::read).toList());
    };
  }

  private static FlagCondition unreadable(
      String field, String description, List<FieldViolation> violations) {
    violations.add(new FieldViolation(field, description));
    return UNREADABLE;
  }

  private static Conditions conditions(List<FlagCondition> parts) {
    Conditions.Builder message = Conditions.newBuilder();
    parts.forEach(part -> message.addConditions(write(part)));
    return message.build();
  }

  private static TraitCondition write(Trait trait) {
    TraitCondition.Builder message =
        TraitCondition.newBuilder()
            .setName(trait.name())
            .setOperator(
                io.tenure.proto.condition.v1.Operator.valueOf(PREFIX + trait.operator().name()));
    trait.values().forEach(value -> message.addValues(ValueMessages.write(value)));
    return message.build();
  }
}
