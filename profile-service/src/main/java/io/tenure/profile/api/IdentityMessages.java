package io.tenure.profile.api;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import io.tenure.profile.domain.KeyedId;
import io.tenure.profile.domain.identity.Decision;
import io.tenure.profile.domain.identity.Explainer.Explanation;
import io.tenure.profile.domain.identity.IdentityPlans.Saved;
import io.tenure.profile.domain.identity.MappingKey;
import io.tenure.proto.profile.v1.ExplainIdentityResponse;
import io.tenure.proto.profile.v1.IdentityDecision;
import io.tenure.proto.profile.v1.IdentityKey;
import io.tenure.proto.profile.v1.IdentityKey.Values;
import java.time.Instant;

/** Identity between the contract and the domain; the constants have the same names. */
final class IdentityMessages {

  private IdentityMessages() {}

  static io.tenure.proto.profile.v1.IdentityPlan write(Saved saved) {
    io.tenure.proto.profile.v1.IdentityPlan.Builder message =
        io.tenure.proto.profile.v1.IdentityPlan.newBuilder()
            .setKind(
                io.tenure.proto.profile.v1.IdentityPlan.Kind.valueOf("KIND_" + saved.plan().kind()))
            .setEtag(saved.etag())
            .setAuthor(saved.author());
    saved.plan().keys().forEach(key -> message.addKeys(write(key)));
    if (!saved.etag().isEmpty()) {
      message.setUpdateTime(timestamp(saved.updateTime()));
    }
    return message.build();
  }

  private static IdentityKey write(MappingKey key) {
    boolean single = key.cap() == 1;
    return IdentityKey.newBuilder()
        .setName(key.name())
        .setValues(single ? Values.VALUES_SINGLE : Values.VALUES_MULTI)
        .setCap(key.cap())
        .setOverflow(
            switch (key.overflow()) {
              case REFUSE -> IdentityKey.Overflow.OVERFLOW_REFUSE;
              case REPLACE_OLDEST -> IdentityKey.Overflow.OVERFLOW_REPLACE_OLDEST;
            })
        .setParent(key.parent())
        .build();
  }

  static ExplainIdentityResponse write(Explanation explanation) {
    ExplainIdentityResponse.Builder message =
        ExplainIdentityResponse.newBuilder().setUserNumber((int) explanation.userNumber());
    explanation.decisions().forEach(decision -> message.addDecisions(write(decision)));
    return message.build();
  }

  private static IdentityDecision write(Decision decision) {
    IdentityDecision.Builder message =
        IdentityDecision.newBuilder()
            .setRule(IdentityDecision.Rule.valueOf("RULE_" + decision.rule()))
            .setLogId(decision.logId())
            .setLogOffset(decision.offset())
            .setUserNumber((int) decision.userNumber())
            .setFormerUserNumber((int) decision.formerUserNumber())
            .setOtherUserNumber((int) decision.otherUserNumber())
            .setEventTime(timestamp(decision.eventTime()))
            .setDecideTime(timestamp(decision.decideTime()));
    String id = decision.id();
    String other = decision.otherId();
    switch (decision.kind()) {
      case LOGIN -> message.setLoginId(id).setAnonymousId(other);
      case DEVICE -> message.setLoginId(other).setAnonymousId(id);
      case KEYED -> {
        message.setIdentity(ProfileMessages.write(KeyedId.parse(id)));
        if (!other.isEmpty()) {
          message.setOtherIdentity(ProfileMessages.write(KeyedId.parse(other)));
        }
      }
    }
    return message.build();
  }

  private static Timestamp timestamp(Instant time) {
    return Timestamps.fromMillis(time.toEpochMilli());
  }
}
