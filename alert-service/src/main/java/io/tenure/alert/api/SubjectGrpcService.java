package io.tenure.alert.api;

import io.grpc.stub.StreamObserver;
import io.tenure.alert.domain.ForgottenPeople;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.proto.erasure.v1.EraseSubjectsRequest;
import io.tenure.proto.erasure.v1.EraseSubjectsResponse;
import io.tenure.proto.erasure.v1.Subject;
import io.tenure.proto.erasure.v1.SubjectCounts;
import io.tenure.proto.erasure.v1.SubjectServiceGrpc.SubjectServiceImplBase;
import java.util.List;
import java.util.Map;
import org.springframework.grpc.server.service.GrpcService;

/** The door for profile-service, which leads erasures. The gateway does not open it. */
@GrpcService
public final class SubjectGrpcService extends SubjectServiceImplBase {

  private final ForgottenPeople people;

  /** A door to the given use case. */
  public SubjectGrpcService(ForgottenPeople people) {
    this.people = people;
  }

  @Override
  public void eraseSubjects(
      EraseSubjectsRequest request, StreamObserver<EraseSubjectsResponse> observer) {
    if (CallerContext.current().role() != Caller.Role.ADMINISTRATOR) {
      throw Failure.of(Reason.PERMISSION_DENIED, "The credential does not allow this");
    }
    if (!ProjectId.isValid(request.getProjectId()) || request.getSubjectsCount() == 0) {
      throw Failure.invalid("subjects", "needs a project and at least one person");
    }
    ProjectId project = new ProjectId(request.getProjectId());
    List<Long> numbers =
        request.getSubjectsList().stream().flatMap(one -> numbers(one).stream()).toList();
    Map<Long, Long> counts = people.count(project, numbers);
    if (!request.getCountOnly()) {
      people.erase(project, numbers);
    }
    EraseSubjectsResponse.Builder response = EraseSubjectsResponse.newBuilder();
    for (Subject subject : request.getSubjectsList()) {
      long found =
          numbers(subject).stream().mapToLong(number -> counts.getOrDefault(number, 0L)).sum();
      response.addCounts(
          SubjectCounts.newBuilder()
              .setErasureId(subject.getErasureId())
              .putCounts("clickhouse.alerts", found));
    }
    observer.onNext(response.build());
    observer.onCompleted();
  }

  private static List<Long> numbers(Subject subject) {
    return subject.getUserNumbersList().stream().map(Integer::toUnsignedLong).toList();
  }
}
