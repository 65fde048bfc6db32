package io.tenure.segment.api;

import io.grpc.Context;
import io.grpc.stub.StreamObserver;
import io.tenure.condition.api.Fields;
import io.tenure.condition.domain.TimeRange;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.rpc.PageRequest;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.proto.analysis.v1.AnalysisServiceGrpc.AnalysisServiceImplBase;
import io.tenure.proto.analysis.v1.EstimateAnalysisRequest;
import io.tenure.proto.analysis.v1.EstimateAnalysisResponse;
import io.tenure.proto.analysis.v1.ListAnalysisUsersRequest;
import io.tenure.proto.analysis.v1.ListAnalysisUsersResponse;
import io.tenure.proto.analysis.v1.ListEventNamesRequest;
import io.tenure.proto.analysis.v1.ListEventNamesResponse;
import io.tenure.proto.analysis.v1.ListEventsRequest;
import io.tenure.proto.analysis.v1.ListEventsResponse;
import io.tenure.proto.analysis.v1.RunAnalysisRequest;
import io.tenure.proto.analysis.v1.RunAnalysisResponse;
import io.tenure.segment.domain.analysis.Analyses;
import io.tenure.segment.domain.analysis.AnalysisLimits;
import io.tenure.segment.domain.analysis.Run;
import io.tenure.segment.domain.event.EventArchive;
import io.tenure.segment.domain.event.EventFilter;
import io.tenure.segment.domain.event.EventFilter.Position;
import io.tenure.segment.domain.event.StoredEvent;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.springframework.grpc.server.service.GrpcService;

/** The door to the analyses. */
@GrpcService
public final class AnalysisApi extends AnalysisServiceImplBase {

  private static final Instant FIRST = Instant.EPOCH;
  private static final Instant LAST = Instant.parse("2100-01-01T00:00:00Z");

  private final ModelDoors doors;
  private final Analyses analyses;
  private final AnalysisLimits limits;
  private final EventArchive archive;

  /** A door to the given models. */
  public AnalysisApi(
      ModelDoors doors, Analyses analyses, AnalysisLimits limits, EventArchive archive) {
    this.doors = doors;
    this.analyses = analyses;
    this.limits = limits;
    this.archive = archive;
  }

  @Override
  public void runAnalysis(
      RunAnalysisRequest request, StreamObserver<RunAnalysisResponse> observer) {
    ProjectId project = Access.reader();
    AskedModel<?, ?, ?> asked = doors.read(project, request.getQuery());
    answer(
        observer,
        RunAnalysisResponse.newBuilder()
            .setResult(asked.result(analyses, waitedFor(), project))
            .build());
  }

  @Override
  public void listAnalysisUsers(
      ListAnalysisUsersRequest request, StreamObserver<ListAnalysisUsersResponse> observer) {
    ProjectId project = Access.reader();
    AskedModel<?, ?, ?> asked = doors.read(project, request.getQuery());
    PageRequest page = PageRequest.of(request, 100, 10_000);
    long after = page.after(parts -> Long.valueOf(parts.getFirst())).orElse(-1L);
    if (request.getCell().getModelCase().getNumber()
        != request.getQuery().getModelCase().getNumber()) {
      throw Failure.invalid("cell", "must be of the model that is asked");
    }
    long[] users = asked.users(analyses, waitedFor(), project, request.getCell());
    ListAnalysisUsersResponse.Builder response =
        ListAnalysisUsersResponse.newBuilder().setTotalSize(users.length);
    List<Long> found =
        LongStream.of(users)
            .filter(number -> number > after)
            .limit(page.oneMore())
            .boxed()
            .toList();
    response.setNextPageToken(
        page.fill(found, Object::toString, number -> response.addUserNumbers(number.intValue())));
    answer(observer, response.build());
  }

  @Override
  public void estimateAnalysis(
      EstimateAnalysisRequest request, StreamObserver<EstimateAnalysisResponse> observer) {
    ProjectId project = Access.reader();
    AskedModel<?, ?, ?> asked = doors.read(project, request.getQuery());
    answer(
        observer,
        EstimateAnalysisResponse.newBuilder()
            .setRows(asked.estimate(analyses, project))
            .setMaxRows(limits.maxRows())
            .build());
  }

  @Override
  public void listEvents(ListEventsRequest request, StreamObserver<ListEventsResponse> observer) {
    ProjectId project = Access.reader();
    PageRequest page = PageRequest.of(request, 50, 1000);
    @Nullable Position after = page.after(AnalysisApi::position).orElse(null);
    List<StoredEvent> events = archive.list(project, filter(request, after), page.oneMore());
    ListEventsResponse.Builder response = ListEventsResponse.newBuilder();
    events.stream()
        .limit(page.size())
        .forEach(event -> response.addEvents(AnalysisWriter.event(event)));
    if (events.size() > page.size()) {
      Position last = events.get(page.size() - 1).position();
      response.setNextPageToken(
          page.next(Long.toString(last.eventTime().toEpochMilli()), last.eventKey()));
    }
    answer(observer, response.build());
  }

  @Override
  public void listEventNames(
      ListEventNamesRequest request, StreamObserver<ListEventNamesResponse> observer) {
    ProjectId project = Access.reader();
    ListEventNamesResponse.Builder response = ListEventNamesResponse.newBuilder();
    archive.names(project).forEach(name -> response.addNames(AnalysisWriter.name(name)));
    answer(observer, response.build());
  }

  private static EventFilter filter(ListEventsRequest request, @Nullable Position after) {
    Instant start =
        request.hasStartTime() ? Fields.instant("start_time", request.getStartTime()) : FIRST;
    Instant end = request.hasEndTime() ? Fields.instant("end_time", request.getEndTime()) : LAST;
    TimeRange range = Fields.at("end_time", () -> new TimeRange(start, end));
    return new EventFilter(
        request.getUser(), request.getName(), request.getEventId(), range, after);
  }

  private static Position position(List<String> parts) {
    return new Position(
        Instant.ofEpochMilli(Long.parseLong(parts.get(0))),
        Long.toUnsignedString(Long.parseUnsignedLong(parts.get(1))));
  }

  /** An execution that ends when the caller leaves. */
  private static Run waitedFor() {
    Run run = Run.answering();
    Context.current().addListener(_ -> run.cancel(), Runnable::run);
    return run;
  }

  private static <T> void answer(StreamObserver<T> observer, T message) {
    observer.onNext(message);
    observer.onCompleted();
  }
}
