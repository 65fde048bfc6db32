package io.tenure.profile.api;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import io.tenure.platform.failure.Failure;
import io.tenure.profile.domain.identity.Decision;
import io.tenure.profile.domain.identity.Explainer.Explanation;
import io.tenure.profile.domain.identity.IdKind;
import io.tenure.profile.domain.identity.IdentityPlan;
import io.tenure.profile.domain.identity.IdentityPlan.Kind;
import io.tenure.profile.domain.identity.IdentityPlans.Saved;
import io.tenure.proto.profile.v1.ExplainIdentityResponse;
import io.tenure.proto.profile.v1.IdentityDecision;
import java.time.Instant;

/** Identity between the contract and the domain; the constants have the same names. */
final class IdentityMessages {

  private IdentityMessages() {}

  static IdentityPlan read(io.tenure.proto.profile.v1.IdentityPlan plan) {
    return new IdentityPlan(
        switch (plan.getKind()) {
          case KIND_DEVICE_ONLY -> Kind.DEVICE_ONLY;
          case KIND_ONE_TO_ONE -> Kind.ONE_TO_ONE;
          case KIND_MANY_TO_ONE -> Kind.MANY_TO_ONE;
          case KIND_UNSPECIFIED -> throw Failure.invalid("plan.kind", "is required");
          case UNRECOGNIZED -> throw Failure.invalid("plan.kind", "is unknown");
        });
  }

  static io.tenure.proto.profile.v1.IdentityPlan write(Saved saved) {
    io.tenure.proto.profile.v1.IdentityPlan.Builder message =
        io.tenure.proto.profile.v1.IdentityPlan.newBuilder()
            .setKind(
                io.tenure.proto.profile.v1.IdentityPlan.Kind.valueOf("KIND_" + saved.plan().kind()))
            .setEtag(saved.etag())
            .setAuthor(saved.author());
    if (!saved.etag().isEmpty()) {
      message.setUpdateTime(timestamp(saved.updateTime()));
    }
    return message.build();
  }

  static ExplainIdentityResponse write(Explanation explanation) {
    ExplainIdentityResponse.Builder message =
        ExplainIdentityResponse.newBuilder().setUserNumber((int) explanation.userNumber());
    explanation.decisions().forEach(decision -> message.addDecisions(write(decision)));
    return message.build();
  }

  private static IdentityDecision write(Decision decision) {
    boolean login = decision.kind() == IdKind.LOGIN;
    return IdentityDecision.newBuilder()
        .setRule(IdentityDecision.Rule.valueOf("RULE_" + decision.rule()))
        .setLogId(decision.logId())
        .setLogOffset(decision.offset())
        .setUserNumber((int) decision.userNumber())
        .setFormerUserNumber((int) decision.formerUserNumber())
        .setLoginId(login ? decision.id() : decision.otherId())
        .setAnonymousId(login ? decision.otherId() : decision.id())
        .setEventTime(timestamp(decision.eventTime()))
        .setDecideTime(timestamp(decision.decideTime()))
        .build();
  }

  private static Timestamp timestamp(Instant time) {
    return Timestamps.fromMillis(time.toEpochMilli());
  }
}
