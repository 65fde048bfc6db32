package io.tenure.experiment.api;

import com.google.protobuf.util.Timestamps;
import io.tenure.experiment.domain.Allocation;
import io.tenure.experiment.domain.Evaluation;
import io.tenure.experiment.domain.Flag;
import io.tenure.experiment.domain.FlagRule;
import io.tenure.experiment.domain.Share;
import io.tenure.experiment.domain.StoredFlag;
import io.tenure.experiment.domain.Variant;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.FieldViolation;
import io.tenure.proto.experiment.v1.Reason;
import java.util.ArrayList;
import java.util.List;

/** Flags and evaluations, from and to their messages. */
final class FlagMessages {

  private FlagMessages() {}

  /**
   * The flag of a message; whether it makes sense is for the domain to say.
   *
   * @throws Failure INVALID_ARGUMENT when a condition is of a kind a flag cannot ask
   */
  static Flag read(io.tenure.proto.experiment.v1.Flag message) {
    List<FieldViolation> violations = new ArrayList<>();
    List<FlagRule> rules = new ArrayList<>();
    for (int i = 0; i < message.getRulesCount(); i++) {
      io.tenure.proto.experiment.v1.FlagRule rule = message.getRules(i);
      String field = "rules[" + i + "].condition";
      rules.add(
          new FlagRule(
              rule.getName(),
              ConditionMessages.read(field, rule.getCondition(), violations),
              read(rule.getAllocation())));
    }
    if (!violations.isEmpty()) {
      throw Failure.invalid(violations);
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
          .setCondition(ConditionMessages.write(rule.condition()))
          .setAllocation(write(rule.allocation()));
    }
    return message.build();
  }

  static io.tenure.proto.experiment.v1.Evaluation write(Evaluation evaluation) {
    return io.tenure.proto.experiment.v1.Evaluation.newBuilder()
        .setFlagKey(evaluation.flagKey())
        .setVariant(evaluation.variant())
        .setValue(ValueMessages.write(evaluation.value()))
        .setReason(reason(evaluation.cause()))
        .setRule(evaluation.rule())
        .setDegraded(evaluation.degraded())
        .build();
  }

  private static Reason reason(Evaluation.Cause cause) {
    return switch (cause) {
      case STATIC -> Reason.REASON_STATIC;
      case TARGETING_MATCH -> Reason.REASON_TARGETING_MATCH;
      case SPLIT -> Reason.REASON_SPLIT;
      case DISABLED -> Reason.REASON_DISABLED;
      case DEFAULT -> Reason.REASON_DEFAULT;
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
