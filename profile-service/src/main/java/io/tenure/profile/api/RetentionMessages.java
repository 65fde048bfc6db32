package io.tenure.profile.api;

import com.google.protobuf.util.Timestamps;
import io.tenure.profile.domain.retention.RetentionPolicies.Saved;
import io.tenure.profile.domain.retention.RetentionPolicy;
import io.tenure.profile.domain.retention.RetentionRun;
import io.tenure.proto.retention.v1.RunState;

/** Retention between the contract and the domain. */
final class RetentionMessages {

  private RetentionMessages() {}

  static RetentionPolicy read(io.tenure.proto.retention.v1.RetentionPolicy message) {
    return new RetentionPolicy(
        message.getEventDays(),
        message.getC1PropertyDays(),
        message.getC2PropertyDays(),
        message.getC1TraitDays(),
        message.getC2TraitDays(),
        message.getProfileDays(),
        message.getHistoryDays(),
        message.getQuarantineDays(),
        message.getAlertDays());
  }

  static io.tenure.proto.retention.v1.RetentionPolicy write(Saved saved) {
    io.tenure.proto.retention.v1.RetentionPolicy.Builder message =
        write(saved.policy()).setEtag(saved.etag()).setAuthor(saved.author());
    if (!saved.etag().isEmpty()) {
      message.setUpdateTime(Timestamps.fromMillis(saved.updateTime().toEpochMilli()));
    }
    return message.build();
  }

  static io.tenure.proto.retention.v1.RetentionRun write(RetentionRun run) {
    return io.tenure.proto.retention.v1.RetentionRun.newBuilder()
        .setId(run.id())
        .setState(RunState.valueOf("RUN_STATE_" + run.stage()))
        .setCreateTime(Timestamps.fromMillis(run.createTime().toEpochMilli()))
        .setUpdateTime(Timestamps.fromMillis(run.updateTime().toEpochMilli()))
        .setPolicy(write(run.policy()))
        .putAllCounts(run.counts())
        .setWaitingReason(run.waitingReason())
        .build();
  }

  private static io.tenure.proto.retention.v1.RetentionPolicy.Builder write(
      RetentionPolicy policy) {
    return io.tenure.proto.retention.v1.RetentionPolicy.newBuilder()
        .setEventDays(policy.eventDays())
        .setC1PropertyDays(policy.propertyDays())
        .setC2PropertyDays(policy.personalPropertyDays())
        .setC1TraitDays(policy.traitDays())
        .setC2TraitDays(policy.personalTraitDays())
        .setProfileDays(policy.profileDays())
        .setHistoryDays(policy.historyDays())
        .setQuarantineDays(policy.quarantineDays())
        .setAlertDays(policy.alertDays());
  }
}
