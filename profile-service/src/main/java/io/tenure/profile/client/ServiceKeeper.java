package io.tenure.profile.client;

import com.google.protobuf.util.Timestamps;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.rpc.FailureStatus;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.erasure.Keeper;
import io.tenure.proto.erasure.v1.EraseSubjectsRequest;
import io.tenure.proto.erasure.v1.EraseSubjectsResponse;
import io.tenure.proto.erasure.v1.SubjectCounts;
import io.tenure.proto.erasure.v1.SubjectServiceGrpc;
import io.tenure.proto.erasure.v1.SubjectServiceGrpc.SubjectServiceBlockingStub;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Another service that keeps something about people. */
public final class ServiceKeeper implements Keeper {

  private final SubjectServiceBlockingStub service;

  /** A keeper behind a channel. */
  public ServiceKeeper(Channel channel) {
    this.service = SubjectServiceGrpc.newBlockingStub(channel);
  }

  @Override
  public Answer erase(ProjectId project, List<Subject> subjects, boolean countOnly) {
    EraseSubjectsRequest.Builder request =
        EraseSubjectsRequest.newBuilder().setProjectId(project.value()).setCountOnly(countOnly);
    subjects.forEach(subject -> request.addSubjects(write(subject)));
    try {
      EraseSubjectsResponse response =
          CallerContext.as(
              Caller.service(project, "profile-service"),
              () -> service.eraseSubjects(request.build()));
      Map<String, Map<String, Long>> counts = new HashMap<>();
      for (SubjectCounts one : response.getCountsList()) {
        counts.put(one.getErasureId(), one.getCountsMap());
      }
      return new Answer(response.getWaitingReason(), counts, response.getRemarksList());
    } catch (StatusRuntimeException exception) {
      throw FailureStatus.fromStatus(exception);
    }
  }

  private static io.tenure.proto.erasure.v1.Subject write(Subject subject) {
    io.tenure.proto.erasure.v1.Subject.Builder message =
        io.tenure.proto.erasure.v1.Subject.newBuilder()
            .setErasureId(subject.erasureId())
            .addAllIds(subject.ids())
            .setEraseTime(Timestamps.fromMillis(subject.time().toEpochMilli()));
    subject.numbers().forEach(number -> message.addUserNumbers(number.intValue()));
    return message.build();
  }
}
