package io.tenure.alert.api;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import io.tenure.alert.domain.Condition;
import io.tenure.alert.domain.Outcome;
import io.tenure.alert.domain.Receiver;
import io.tenure.alert.domain.Recorded;
import io.tenure.alert.domain.Rule;
import io.tenure.platform.failure.Failure;
import io.tenure.proto.condition.v1.EventSelector;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** Rules and receivers on the wire and in the domain. */
final class RuleMessages {

  private RuleMessages() {}

  static Rule rule(io.tenure.proto.alert.v1.Rule message) {
    return new Rule(
        message.getId(),
        message.getDisplayName(),
        message.getDescription(),
        message.hasCondition() ? condition(message.getCondition()) : Condition.NONE,
        message.hasOutcome() ? outcome(message.getOutcome()) : Outcome.NONE,
        message.hasCooldown()
            ? Times.duration("rule.cooldown", message.getCooldown())
            : Rule.DEFAULT_COOLDOWN,
        message.hasSweepInterval()
            ? Times.duration("rule.sweep_interval", message.getSweepInterval())
            : Rule.DEFAULT_SWEEP_INTERVAL,
        message.getEnabled(),
        message.getReceiverIdsList());
  }

  static io.tenure.proto.alert.v1.Rule rule(Recorded<Rule> recorded) {
    Rule rule = recorded.value();
    io.tenure.proto.alert.v1.Rule.Builder message =
        io.tenure.proto.alert.v1.Rule.newBuilder()
            .setId(rule.id())
            .setDisplayName(rule.displayName())
            .setDescription(rule.description())
            .setCooldown(Times.duration(rule.cooldown()))
            .setSweepInterval(Times.duration(rule.sweepInterval()))
            .setEnabled(rule.enabled())
            .addAllReceiverIds(rule.receiverIds())
            .setCreateTime(Times.timestamp(recorded.createTime()))
            .setUpdateTime(Times.timestamp(recorded.updateTime()))
            .setEtag(recorded.etag());
    merge(rule.condition().json(), message.getConditionBuilder());
    message.getOutcomeBuilder().setInactiveFor(Times.duration(rule.outcome().inactiveFor()));
    merge(rule.outcome().activityJson(), message.getOutcomeBuilder().getActivityBuilder());
    return message.build();
  }

  static Receiver receiver(io.tenure.proto.alert.v1.Receiver message) {
    return new Receiver(
        message.getId(),
        message.getDisplayName(),
        message.getWebhookUrl(),
        message.getSigningSecret(),
        message.getThirdParty());
  }

  /** The receiver as people may see it: without its secret. */
  static io.tenure.proto.alert.v1.Receiver receiver(Recorded<Receiver> recorded) {
    Receiver receiver = recorded.value();
    return io.tenure.proto.alert.v1.Receiver.newBuilder()
        .setId(receiver.id())
        .setDisplayName(receiver.displayName())
        .setWebhookUrl(receiver.webhookUrl())
        .setThirdParty(receiver.thirdParty())
        .setCreateTime(Times.timestamp(recorded.createTime()))
        .setEtag(recorded.etag())
        .build();
  }

  private static Condition condition(io.tenure.proto.condition.v1.Condition message) {
    Set<String> traits = new HashSet<>();
    collectTraits(message, traits);
    return new Condition(json("rule.condition", message), ConditionWords.of(message), traits);
  }

  private static Outcome outcome(io.tenure.proto.alert.v1.Outcome message) {
    EventSelector activity = message.getActivity();
    return new Outcome(
        json("rule.outcome.activity", activity),
        message.hasInactiveFor()
            ? Times.duration("rule.outcome.inactive_for", message.getInactiveFor())
            : Duration.ZERO);
  }

  private static void collectTraits(
      io.tenure.proto.condition.v1.Condition condition, Set<String> traits) {
    switch (condition.getKindCase()) {
      case ALL ->
          condition.getAll().getConditionsList().forEach(part -> collectTraits(part, traits));
      case ANY ->
          condition.getAny().getConditionsList().forEach(part -> collectTraits(part, traits));
      case NOT -> collectTraits(condition.getNot(), traits);
      case TRAIT -> traits.add(condition.getTrait().getName());
      case EVENT, LATEST, SEGMENT, SEQUENCE, KIND_NOT_SET -> {}
    }
  }

  private static String json(String field, MessageOrBuilder message) {
    try {
      return JsonFormat.printer()
          .preservingProtoFieldNames()
          .omittingInsignificantWhitespace()
          .print(message);
    } catch (InvalidProtocolBufferException | IllegalArgumentException malformed) {
      throw Failure.invalid(field, "holds a value that has no JSON form");
    }
  }

  private static void merge(String json, Message.Builder builder) {
    try {
      JsonFormat.parser().merge(json, builder);
    } catch (InvalidProtocolBufferException exception) {
      throw new IllegalStateException("A stored rule is not readable", exception);
    }
  }
}
