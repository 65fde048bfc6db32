package io.tenure.experiment.api;

import com.google.protobuf.util.Timestamps;
import io.tenure.condition.api.ConditionWriter;
import io.tenure.condition.api.Fields;
import io.tenure.evaluator.Outcome;
import io.tenure.evaluator.Serving;
import io.tenure.evaluator.Variant;
import io.tenure.experiment.domain.Stored;
import io.tenure.experiment.domain.flag.Allocation;
import io.tenure.experiment.domain.flag.Flag;
import io.tenure.experiment.domain.flag.FlagRule;
import io.tenure.experiment.domain.flag.RuleServing;
import io.tenure.experiment.domain.flag.Share;
import io.tenure.experiment.domain.serving.Evaluation;
import io.tenure.experiment.domain.serving.Participation;
import io.tenure.experiment.domain.serving.TestedRun;
import io.tenure.platform.failure.Failure;
import io.tenure.proto.experiment.v1.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Flags and evaluations, from and to their messages. */
final class FlagMessages {

  private FlagMessages() {}

  /**
   * The flag of a message; whether it makes sense is for the domain to say.
   *
   * @throws Failure INVALID_ARGUMENT when a condition is wrong, or of a kind a flag cannot ask
   */
  static Flag read(io.tenure.proto.experiment.v1.Flag message) {
    List<FlagRule> rules = new ArrayList<>();
    for (int i = 0; i < message.getRulesCount(); i++) {
      rules.add(rule("rules[" + i + "]", message.getRules(i)));
    }
    return new Flag(
        message.getKey(),
        message.getDisplayName(),
        message.getDescription(),
        message.getEnabled(),
        SplitMessages.unit("unit_type", message.getUnitType()),
        message.getVariantsList().stream()
            .map(variant -> new Variant(variant.getName(), ValueMessages.read(variant.getValue())))
            .toList(),
        message.getOffVariant(),
        FlagParts.forced("forced", message.getForcedList()),
        FlagParts.prerequisites(message.getPrerequisitesList()),
        rules,
        read(message.getFallthrough()),
        message.getSalt());
  }

  private static FlagRule rule(String path, io.tenure.proto.experiment.v1.FlagRule rule) {
    return new FlagRule(
        rule.getName(),
        FlagParts.schedule(path, rule),
        FlagParts.prerequisites(rule.getPrerequisitesList()),
        rule.hasCondition() ? FlagParts.condition(path + ".condition", rule.getCondition()) : null,
        serving(path, rule));
  }

  private static RuleServing serving(String path, io.tenure.proto.experiment.v1.FlagRule rule) {
    return switch (rule.getServingCase()) {
      case ALLOCATION -> read(rule.getAllocation());
      case EXPERIMENT -> new RuleServing.Tested(rule.getExperiment());
      case SPLIT -> new RuleServing.Imported(SplitMessages.read(path + ".split", rule.getSplit()));
      case SERVING_NOT_SET ->
          throw Failure.invalid(path, "needs an allocation, an experiment or a split");
    };
  }

  static io.tenure.proto.experiment.v1.Flag write(Stored<Flag> stored) {
    return write(stored.content()).toBuilder()
        .setCreateTime(Timestamps.fromMillis(stored.createTime().toEpochMilli()))
        .setUpdateTime(Timestamps.fromMillis(stored.updateTime().toEpochMilli()))
        .setEtag(stored.etag())
        .build();
  }

  static io.tenure.proto.experiment.v1.Flag write(Flag flag) {
    io.tenure.proto.experiment.v1.Flag.Builder message =
        io.tenure.proto.experiment.v1.Flag.newBuilder()
            .setKey(flag.key())
            .setDisplayName(flag.displayName())
            .setDescription(flag.description())
            .setEnabled(flag.enabled())
            .setUnitType(SplitMessages.unit(flag.unit()))
            .addAllForced(flag.forced().stream().map(FlagParts::write).toList())
            .addAllPrerequisites(flag.prerequisites().stream().map(FlagParts::write).toList())
            .setOffVariant(flag.offVariant())
            .setFallthrough(write(flag.fallthrough()))
            .setSalt(flag.salt());
    for (Variant variant : flag.variants()) {
      message
          .addVariantsBuilder()
          .setName(variant.name())
          .setValue(ValueMessages.write(variant.value()));
    }
    flag.rules().forEach(rule -> message.addRules(write(rule)));
    return message.build();
  }

  private static io.tenure.proto.experiment.v1.FlagRule write(FlagRule rule) {
    io.tenure.proto.experiment.v1.FlagRule.Builder message =
        io.tenure.proto.experiment.v1.FlagRule.newBuilder()
            .setName(rule.name())
            .addAllPrerequisites(rule.prerequisites().stream().map(FlagParts::write).toList());
    if (rule.condition() != null) {
      message.setCondition(ConditionWriter.write(rule.condition()));
    }
    if (rule.schedule().start().isAfter(Instant.MIN)) {
      message.setStartTime(Fields.timestamp(rule.schedule().start()));
    }
    if (rule.schedule().end().isBefore(Instant.MAX)) {
      message.setEndTime(Fields.timestamp(rule.schedule().end()));
    }
    return switch (rule.serving()) {
      case Allocation allocation -> message.setAllocation(write(allocation)).build();
      case RuleServing.Tested(String experiment) -> message.setExperiment(experiment).build();
      case RuleServing.Imported(Serving.Split split) ->
          message.setSplit(SplitMessages.write(split)).build();
    };
  }

  /**
   * The message of an evaluation.
   *
   * @param exposureToken proves what an experiment dealt; empty when none did
   */
  static io.tenure.proto.experiment.v1.Evaluation write(
      Evaluation evaluation, String exposureToken) {
    Outcome outcome = evaluation.outcome();
    io.tenure.proto.experiment.v1.Evaluation.Builder message =
        io.tenure.proto.experiment.v1.Evaluation.newBuilder()
            .setFlagKey(outcome.flag())
            .setVariant(outcome.variant())
            .setValue(ValueMessages.write(outcome.value()))
            .setReason(reason(outcome.reason()))
            .setRule(outcome.rule())
            .setDegraded(evaluation.degraded())
            .setExperiment(evaluation.dealt() == null ? "" : evaluation.dealt().experiment())
            .setExposureToken(exposureToken);
    Participation participation = evaluation.participation();
    return participation == null
        ? message.build()
        : message.setParticipation(write(participation)).build();
  }

  private static io.tenure.proto.experiment.v1.Participation write(Participation participation) {
    TestedRun run = participation.run();
    String unit = participation.unit();
    return io.tenure.proto.experiment.v1.Participation.newBuilder()
        .setExperiment(run.split().experiment())
        .setPhase(run.split().phase())
        .setUnitType(SplitMessages.unit(run.unit()))
        .setUnit(unit == null ? "" : unit)
        .setControl(run.control())
        .setDealt(participation.dealt())
        .build();
  }

  /** The reasons of the OpenFeature specification, which has no word for lists and the like. */
  private static Reason reason(io.tenure.evaluator.Reason reason) {
    return switch (reason) {
      case STATIC -> Reason.REASON_STATIC;
      case TARGETING_MATCH, FORCED -> Reason.REASON_TARGETING_MATCH;
      case SPLIT, KEPT -> Reason.REASON_SPLIT;
      case DISABLED -> Reason.REASON_DISABLED;
      case DEFAULT, PREREQUISITE -> Reason.REASON_DEFAULT;
    };
  }

  private static Allocation read(io.tenure.proto.experiment.v1.Allocation message) {
    return new Allocation(shares(message.getSharesList()));
  }

  private static io.tenure.proto.experiment.v1.Allocation write(Allocation allocation) {
    return io.tenure.proto.experiment.v1.Allocation.newBuilder()
        .addAllShares(write(allocation.shares()))
        .build();
  }

  static List<Share> shares(List<io.tenure.proto.experiment.v1.Share> messages) {
    return messages.stream()
        .map(share -> new Share(share.getVariant(), share.getWeight()))
        .toList();
  }

  static List<io.tenure.proto.experiment.v1.Share> write(List<Share> shares) {
    return shares.stream()
        .map(
            share ->
                io.tenure.proto.experiment.v1.Share.newBuilder()
                    .setVariant(share.variant())
                    .setWeight(share.weight())
                    .build())
        .toList();
  }
}
