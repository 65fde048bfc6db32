package io.tenure.collector.client;

import com.google.protobuf.Timestamp;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import io.tenure.collector.domain.consent.Statement;
import io.tenure.collector.domain.record.Identity;
import io.tenure.collector.domain.record.KeyedId;
import io.tenure.collector.domain.record.LogRecord;
import io.tenure.collector.domain.relay.Profiles;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.rpc.FailureStatus;
import io.tenure.proto.profile.v1.ApplyRequest;
import io.tenure.proto.profile.v1.ApplyResponse;
import io.tenure.proto.profile.v1.ProfileRecord;
import io.tenure.proto.profile.v1.ProfileServiceGrpc;
import io.tenure.proto.profile.v1.ProfileServiceGrpc.ProfileServiceBlockingStub;
import io.tenure.proto.profile.v1.TraitChange;
import java.time.Instant;
import java.util.List;

/** Asks profile-service. */
public final class ProfileServiceProfiles implements Profiles {

  private final ProfileServiceBlockingStub profiles;

  /** Profiles behind a channel. */
  public ProfileServiceProfiles(Channel channel) {
    this.profiles = ProfileServiceGrpc.newBlockingStub(channel);
  }

  @Override
  public List<Integer> apply(String logId, List<Accepted> entries) {
    ApplyRequest.Builder request = ApplyRequest.newBuilder().setLogId(logId);
    entries.forEach(entry -> request.addRecords(record(entry)));
    try {
      ApplyResponse response = profiles.apply(request.build());
      if (response.getUserNumbersCount() != entries.size()) {
        throw Failure.of(Reason.INTERNAL, "profile-service answered for another batch");
      }
      return response.getUserNumbersList();
    } catch (StatusRuntimeException exception) {
      throw FailureStatus.fromStatus(exception);
    }
  }

  private static ProfileRecord record(Accepted entry) {
    LogRecord.Source source = entry.record().source();
    ProfileRecord.Builder record =
        ProfileRecord.newBuilder()
            .setLogOffset(entry.offset())
            .setProjectId(source.project().value())
            .setLoginId(source.identity().loginId())
            .setAnonymousId(source.identity().anonymousId())
            .setBind(source.identity().bind())
            .setUnbind(source.identity().link() == Identity.Link.UNBIND)
            .setEventTime(timestamp(source.eventTime()))
            .setReceiveTime(timestamp(source.receiveTime()));
    for (Statement statement : Statement.of(entry.record())) {
      record
          .addConsentsBuilder()
          .setCategory(statement.category())
          .setGranted(statement.granted())
          .setTextVersion(statement.textVersion())
          .setDecision(statement.decision());
    }
    for (KeyedId id : source.identity().keyed()) {
      // A key with a colon cannot be declared; sent before a plan with keys was chosen, it is
      // nothing.
      if (id.key().indexOf(':') < 0) {
        record.addIdentitiesBuilder().setKey(id.key()).setValue(id.value());
      }
    }
    switch (entry.record()) {
      case LogRecord.Event event -> record.setEventName(event.name());
      case LogRecord.ProfileChange profile ->
          profile.changes().forEach(change -> record.addChanges(change(change)));
      case LogRecord.Item item ->
          throw new IllegalArgumentException("An item belongs to no profile");
    }
    return record.build();
  }

  private static TraitChange change(io.tenure.collector.domain.record.TraitChange change) {
    return TraitChange.newBuilder()
        .setOperation(
            switch (change.operation()) {
              case SET -> TraitChange.Operation.OPERATION_SET;
              case SET_ONCE -> TraitChange.Operation.OPERATION_SET_ONCE;
              case INCREMENT -> TraitChange.Operation.OPERATION_INCREMENT;
              case APPEND -> TraitChange.Operation.OPERATION_APPEND;
              case UNSET -> TraitChange.Operation.OPERATION_UNSET;
              case DELETE -> TraitChange.Operation.OPERATION_DELETE;
            })
        .setName(change.name())
        .setJsonValue(change.jsonValue())
        .build();
  }

  private static Timestamp timestamp(Instant time) {
    return Timestamp.newBuilder()
        .setSeconds(time.getEpochSecond())
        .setNanos(time.getNano())
        .build();
  }
}
