package io.tenure.alert.api;

import com.google.protobuf.util.Timestamps;
import io.grpc.stub.StreamObserver;
import io.tenure.alert.domain.ForgottenPeople;
import io.tenure.alert.domain.PersonAlerts;
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
import java.util.Map;
import org.springframework.grpc.server.service.GrpcService;

/**
 * The door for profile-service, which leads erasures and writes exports. The gateway does not open
 * it.
 */
@GrpcService
public final class SubjectGrpcService extends SubjectServiceImplBase {

  /** Longer than the reader behind profile-service may take for all parts of one message. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final String SECTION = "alerts";
  private static final int RECORDS_PER_MESSAGE = 100;

  private final ForgottenPeople people;
  private final PersonAlerts alerts;

  /** A door to the given stores. */
  public SubjectGrpcService(ForgottenPeople people, PersonAlerts alerts) {
    this.people = people;
    this.alerts = alerts;
  }

  @Override
  public void exportSubject(
      ExportSubjectRequest request, StreamObserver<ExportSubjectResponse> observer) {
    CallerContext.requiring(Role.ADMINISTRATOR);
    if (!ProjectId.isValid(request.getProjectId()) || request.getUserNumbersCount() == 0) {
      throw Failure.invalid("user_numbers", "needs a project and at least one number");
    }
    PacedStream<ExportSubjectResponse> stream = new PacedStream<>(observer, PATIENCE);
    ExportSubjectResponse.Builder message = ExportSubjectResponse.newBuilder().setSection(SECTION);
    alerts.read(
        new ProjectId(request.getProjectId()),
        request.getUserNumbersList().stream().map(Integer::toUnsignedLong).toList(),
        Instant.ofEpochMilli(Timestamps.toMillis(request.getAskTime())),
        record -> {
          message.addRecords(record);
          if (message.getRecordsCount() == RECORDS_PER_MESSAGE) {
            stream.send(message.build());
            message.clearRecords();
          }
        });
    stream.send(message.build());
    stream.end();
  }

  @Override
  public void eraseSubjects(
      EraseSubjectsRequest request, StreamObserver<EraseSubjectsResponse> observer) {
    CallerContext.requiring(Role.ADMINISTRATOR);
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
