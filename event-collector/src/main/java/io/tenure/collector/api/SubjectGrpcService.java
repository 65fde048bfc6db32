package io.tenure.collector.api;

import com.google.protobuf.util.Timestamps;
import io.grpc.stub.StreamObserver;
import io.tenure.collector.domain.erasure.Person;
import io.tenure.collector.domain.erasure.PersonEraser;
import io.tenure.collector.domain.export.PersonExport;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.rpc.PacedStream;
import io.tenure.platform.tenancy.Caller.Role;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.proto.erasure.v1.EraseSubjectsRequest;
import io.tenure.proto.erasure.v1.EraseSubjectsResponse;
import io.tenure.proto.erasure.v1.ExportSubjectRequest;
import io.tenure.proto.erasure.v1.ExportSubjectResponse;
import io.tenure.proto.erasure.v1.Subject;
import io.tenure.proto.erasure.v1.SubjectCounts;
import io.tenure.proto.erasure.v1.SubjectServiceGrpc.SubjectServiceImplBase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.springframework.grpc.server.service.GrpcService;

/**
 * The door for profile-service, which leads erasures and writes exports. The gateway does not open
 * it.
 */
@GrpcService
public final class SubjectGrpcService extends SubjectServiceImplBase {

  /** Longer than the reader behind profile-service may take for all parts of one message. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final PersonEraser eraser;
  private final PersonExport export;

  /** A door to the given use cases. */
  public SubjectGrpcService(PersonEraser eraser, PersonExport export) {
    this.eraser = eraser;
    this.export = export;
  }

  @Override
  public void exportSubject(
      ExportSubjectRequest request, StreamObserver<ExportSubjectResponse> observer) {
    CallerContext.requiring(Role.ADMINISTRATOR);
    if (!ProjectId.isValid(request.getProjectId()) || request.getUserNumbersCount() == 0) {
      throw Failure.invalid("user_numbers", "needs a project and at least one number");
    }
    new SubjectStream(new PacedStream<>(observer, PATIENCE)).write(export, read(request));
  }

  @Override
  public void eraseSubjects(
      EraseSubjectsRequest request, StreamObserver<EraseSubjectsResponse> observer) {
    CallerContext.requiring(Role.ADMINISTRATOR);
    if (!ProjectId.isValid(request.getProjectId()) || request.getSubjectsCount() == 0) {
      throw Failure.invalid("subjects", "needs a project and at least one person");
    }
    ProjectId project = new ProjectId(request.getProjectId());
    List<Person> people =
        request.getSubjectsList().stream().map(subject -> read(project, subject)).toList();
    PersonEraser.Outcome outcome = eraser.erase(project, people, request.getCountOnly());
    EraseSubjectsResponse.Builder response =
        EraseSubjectsResponse.newBuilder()
            .setWaitingReason(outcome.waitingReason())
            .addAllRemarks(outcome.remarks());
    outcome
        .counts()
        .forEach(
            (id, counts) ->
                response.addCounts(
                    SubjectCounts.newBuilder().setErasureId(id).putAllCounts(counts)));
    observer.onNext(response.build());
    observer.onCompleted();
  }

  private static Person read(ProjectId project, Subject subject) {
    return new Person(
        subject.getErasureId(),
        project,
        subject.getUserNumbersList().stream().map(Integer::toUnsignedLong).toList(),
        Set.copyOf(subject.getIdsList()),
        Instant.ofEpochMilli(Timestamps.toMillis(subject.getEraseTime())));
  }

  private static io.tenure.collector.domain.export.Subject read(ExportSubjectRequest request) {
    return new io.tenure.collector.domain.export.Subject(
        new ProjectId(request.getProjectId()),
        request.getUserNumbersList().stream().map(Integer::toUnsignedLong).toList(),
        request.getIdsList(),
        Instant.ofEpochMilli(Timestamps.toMillis(request.getAskTime())),
        Set.copyOf(request.getHiddenPropertiesList()));
  }
}
