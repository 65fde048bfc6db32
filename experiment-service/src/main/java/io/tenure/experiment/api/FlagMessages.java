package io.tenure.experiment.api;

import com.google.protobuf.util.Timestamps;
import io.tenure.condition.api.ConditionReader;
import io.tenure.condition.api.ConditionWriter;
import io.tenure.evaluator.Outcome;
import io.tenure.evaluator.Variant;
import io.tenure.experiment.domain.Allocation;
import io.tenure.experiment.domain.Evaluation;
import io.tenure.experiment.domain.Flag;
import io.tenure.experiment.domain.FlagRule;
import io.tenure.experiment.domain.Share;
import io.tenure.experiment.domain.StoredFlag;
import io.tenure.platform.failure.Failure;
import io.tenure.proto.condition.v1.Condition.KindCase;
import io.tenure.proto.experiment.v1.Reason;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Flags and evaluations, from and to their messages. */
final class FlagMessages {

  private static final Set<KindCase> ANSWERABLE = EnumSet.of(KindCase.TRAIT, KindCase.SEGMENT);
  private static final String REFUSAL =
      "a flag can ask for traits and segments only; make a segment of this condition";

  private FlagMessages() {}

  /**
   * The flag of a message; whether it makes sense is for the domain to say.
   *
   * @throws Failure INVALID_ARGUMENT when a condition is wrong, or of a kind a flag cannot ask
   */
  static Flag read(io.tenure.proto.experiment.v1.Flag message) {
    List<FlagRule> rules = new ArrayList<>();
    for (int i = 0; i < message.getRulesCount(); i++) {
      io.tenure.proto.experiment.v1.FlagRule rule = message.getRules(i);
      rules.add(
          new FlagRule(
              rule.getName(),
              ConditionReader.read(
                  "rules[" + i + "].condition", rule.getCondition(), ANSWERABLE, REFUSAL),
              read(rule.getAllocation())));
    }
    return new Flag(
        message.getKey(),
        message.getDisplayName(),
        message.getDescription(),
        message.getEnabled(),
        message.getVariantsList().stream()
            .map(variant -> new Variant(variant.getName(), ValueMessages.read(variant.getValue())))
            .toList(),
        message.getOffVariant(),
        rules,
        read(message.getFallthrough()),
        message.getSalt());
  }

  static io.tenure.proto.experiment.v1.Flag write(StoredFlag stored) {
    Flag flag = stored.flag();
    io.tenure.proto.experiment.v1.Flag.Builder message =
        io.tenure.proto.experiment.v1.Flag.newBuilder()
            .setKey(flag.key())
            .setDisplayName(flag.displayName())
            .setDescription(flag.description())
            .setEnabled(flag.enabled())
            .setOffVariant(flag.offVariant())
            .setFallthrough(write(flag.fallthrough()))
            .setSalt(flag.salt())
            .setCreateTime(Timestamps.fromMillis(stored.createTime().toEpochMilli()))
            .setUpdateTime(Timestamps.fromMillis(stored.updateTime().toEpochMilli()))
            .setEtag(stored.etag());
    for (Variant variant : flag.variants()) {
      message
          .addVariantsBuilder()
          .setName(variant.name())
          .setValue(ValueMessages.write(variant.value()));
    }
    for (FlagRule rule : flag.rules()) {
      message
          .addRulesBuilder()
          .setName(rule.name())
          .setCondition(ConditionWriter.write(rule.condition()))
          .setAllocation(write(rule.allocation()));
    }
    return message.build();
  }

  static io.tenure.proto.experiment.v1.Evaluation write(Evaluation evaluation) {
    Outcome outcome = evaluation.outcome();
    return io.tenure.proto.experiment.v1.Evaluation.newBuilder()
        .setFlagKey(outcome.flag())
        .setVariant(outcome.variant())
        .setValue(ValueMessages.write(outcome.value()))
        .setReason(reason(outcome.reason()))
        .setRule(outcome.rule())
        .setDegraded(evaluation.degraded())
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
    return new Allocation(
        message.getSharesList().stream()
            .map(share -> new Share(share.getVariant(), share.getWeight()))
            .toList());
  }

  private static io.tenure.proto.experiment.v1.Allocation write(Allocation allocation) {
    io.tenure.proto.experiment.v1.Allocation.Builder message =
        io.tenure.proto.experiment.v1.Allocation.newBuilder();
    for (Share share : allocation.shares()) {
      message.addSharesBuilder().setVariant(share.variant()).setWeight(share.weight());
    }
    return message.build();
  }
}
