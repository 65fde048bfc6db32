package io.tenure.experiment.api;

import io.tenure.condition.api.ConditionReader;
import io.tenure.condition.api.Fields;
import io.tenure.condition.domain.Condition;
import io.tenure.evaluator.Forced;
import io.tenure.evaluator.Prerequisite;
import io.tenure.evaluator.Schedule;
import io.tenure.evaluator.Variant;
import io.tenure.proto.condition.v1.Condition.KindCase;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What flags as people define them and flags as they are decided have in common. */
final class FlagParts {

  private static final Set<KindCase> ANSWERABLE = EnumSet.of(KindCase.TRAIT, KindCase.SEGMENT);
  private static final String REFUSAL =
      "a flag can ask for traits and segments only; make a segment of this condition";

  private FlagParts() {}

  /** A condition that can be answered in memory. */
  static Condition condition(String path, io.tenure.proto.condition.v1.Condition message) {
    return ConditionReader.read(path, message, ANSWERABLE, REFUSAL);
  }

  static List<Forced> forced(String path, List<io.tenure.proto.evaluator.v1.Forced> messages) {
    return messages.stream()
        .map(
            message ->
                new Forced(
                    SplitMessages.unit(path, message.getUnitType()), message.getVariantsMap()))
        .toList();
  }

  static io.tenure.proto.evaluator.v1.Forced write(Forced forced) {
    return io.tenure.proto.evaluator.v1.Forced.newBuilder()
        .setUnitType(SplitMessages.unit(forced.unit()))
        .putAllVariants(forced.variants())
        .build();
  }

  static List<Prerequisite> prerequisites(
      List<io.tenure.proto.evaluator.v1.Prerequisite> messages) {
    return messages.stream()
        .map(
            message ->
                new Prerequisite(
                    message.getFlagKey(), new LinkedHashSet<>(message.getVariantsList())))
        .toList();
  }

  static io.tenure.proto.evaluator.v1.Prerequisite write(Prerequisite prerequisite) {
    return io.tenure.proto.evaluator.v1.Prerequisite.newBuilder()
        .setFlagKey(prerequisite.flag())
        .addAllVariants(prerequisite.variants().stream().sorted().toList())
        .build();
  }

  static io.tenure.proto.evaluator.v1.Variant write(Variant variant) {
    return io.tenure.proto.evaluator.v1.Variant.newBuilder()
        .setName(variant.name())
        .setValue(ValueMessages.write(variant.value()))
        .build();
  }

  /** The schedule of a rule; an end that is not set never comes. */
  static Schedule schedule(String path, io.tenure.proto.experiment.v1.FlagRule rule) {
    if (!rule.hasStartTime() && !rule.hasEndTime()) {
      return Schedule.ALWAYS;
    }
    Instant start =
        rule.hasStartTime()
            ? Fields.instant(path + ".start_time", rule.getStartTime())
            : Instant.MIN;
    Instant end =
        rule.hasEndTime() ? Fields.instant(path + ".end_time", rule.getEndTime()) : Instant.MAX;
    return Fields.at(path + ".end_time", () -> new Schedule(start, end));
  }
}
