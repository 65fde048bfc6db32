package io.tenure.segment.api;

import com.google.protobuf.ByteString;
import io.grpc.stub.StreamObserver;
import io.tenure.condition.api.Fields;
import io.tenure.condition.domain.TimeRange;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.rpc.PacedStream;
import io.tenure.platform.rpc.PageRequest;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.proto.analysis.v1.AnalysisServiceGrpc.AnalysisServiceImplBase;
import io.tenure.proto.analysis.v1.CancelAnalysisRunRequest;
import io.tenure.proto.analysis.v1.CancelAnalysisRunResponse;
import io.tenure.proto.analysis.v1.EstimateAnalysisRequest;
import io.tenure.proto.analysis.v1.EstimateAnalysisResponse;
import io.tenure.proto.analysis.v1.ExportAnalysisRequest;
import io.tenure.proto.analysis.v1.ExportAnalysisResponse;
import io.tenure.proto.analysis.v1.GetAnalysisRunRequest;
import io.tenure.proto.analysis.v1.GetAnalysisRunResponse;
import io.tenure.proto.analysis.v1.ListAnalysisUsersRequest;
import io.tenure.proto.analysis.v1.ListAnalysisUsersResponse;
import io.tenure.proto.analysis.v1.ListEventNamesRequest;
import io.tenure.proto.analysis.v1.ListEventNamesResponse;
import io.tenure.proto.analysis.v1.ListEventsRequest;
import io.tenure.proto.analysis.v1.ListEventsResponse;
import io.tenure.proto.analysis.v1.RunAnalysisRequest;
import io.tenure.proto.analysis.v1.RunAnalysisResponse;
import io.tenure.proto.analysis.v1.StartAnalysisRequest;
import io.tenure.proto.analysis.v1.StartAnalysisResponse;
import io.tenure.segment.domain.analysis.Analyses;
import io.tenure.segment.domain.analysis.AnalysisLimits;
import io.tenure.segment.domain.analysis.Run;
import io.tenure.segment.domain.analysis.TableFiles;
import io.tenure.segment.domain.background.BackgroundRun;
import io.tenure.segment.domain.background.BackgroundRuns;
import io.tenure.segment.domain.event.EventArchive;
import io.tenure.segment.domain.event.EventFilter;
import io.tenure.segment.domain.event.EventFilter.Position;
import io.tenure.segment.domain.event.StoredEvent;
import java.time.Duration;
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

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int PART = 64 * 1024;

  private final ModelDoors doors;
  private final Analyses analyses;
  private final Answers answers;
  private final BackgroundRuns background;
  private final TableFiles files;
  private final AnalysisLimits limits;
  private final EventArchive archive;

  /** A door to the given models. */
  public AnalysisApi(
      ModelDoors doors,
      Analyses analyses,
      Answers answers,
      BackgroundRuns background,
      TableFiles files,
      AnalysisLimits limits,
      EventArchive archive) {
    this.doors = doors;
    this.analyses = analyses;
    this.answers = answers;
    this.background = background;
    this.files = files;
    this.limits = limits;
    this.archive = archive;
  }

  @Override
  public void runAnalysis(
      RunAnalysisRequest request, StreamObserver<RunAnalysisResponse> observer) {
    ProjectId project = Access.reader();
    AskedModel<?, ?, ?> asked = doors.read(project, request.getQuery());
    Duration maxAge =
        request.hasMaxAge() ? Fields.duration("max_age", request.getMaxAge()) : Duration.ZERO;
    answer(
        observer,
        RunAnalysisResponse.newBuilder()
            .setResult(answers.give(Runs.waitedFor(), project, asked, maxAge))
            .build());
  }

  @Override
  public void exportAnalysis(
      ExportAnalysisRequest request, StreamObserver<ExportAnalysisResponse> observer) {
    ProjectId project = Access.reader();
    AskedModel<?, ?, ?> asked = doors.read(project, request.getQuery());
    Run run = Runs.waitedFor();
    PacedStream<ExportAnalysisResponse> stream = new PacedStream<>(observer, PATIENCE);
    switch (request.getFormat()) {
      case EXPORT_FORMAT_UNSPECIFIED, EXPORT_FORMAT_CSV ->
          send(
              stream,
              "text/csv; charset=utf-8",
              ByteString.copyFromUtf8(Csv.write(asked.table(analyses, run, project))));
      case EXPORT_FORMAT_PARQUET ->
          send(
              stream,
              "application/vnd.apache.parquet",
              ByteString.copyFrom(files.parquet(asked.table(analyses, run, project))));
      case UNRECOGNIZED -> throw Failure.invalid("format", "is none this version knows");
    }
  }

  @Override
  public void startAnalysis(
      StartAnalysisRequest request, StreamObserver<StartAnalysisResponse> observer) {
    ProjectId project = Access.reader();
    AskedModel<?, ?, ?> asked = doors.read(project, request.getQuery());
    BackgroundRun begun =
        background.start(
            project,
            asked.estimate(analyses, project),
            run -> answers.give(run, project, asked, Duration.ZERO).toByteArray());
    answer(observer, StartAnalysisResponse.newBuilder().setRun(RunWriter.write(begun)).build());
  }

  @Override
  public void getAnalysisRun(
      GetAnalysisRunRequest request, StreamObserver<GetAnalysisRunResponse> observer) {
    BackgroundRun run = background.get(Access.reader(), request.getId());
    answer(observer, GetAnalysisRunResponse.newBuilder().setRun(RunWriter.write(run)).build());
  }

  @Override
  public void cancelAnalysisRun(
      CancelAnalysisRunRequest request, StreamObserver<CancelAnalysisRunResponse> observer) {
    background.cancel(Access.reader(), request.getId());
    answer(observer, CancelAnalysisRunResponse.getDefaultInstance());
  }

  @Override
  public void listAnalysisUsers(
      ListAnalysisUsersRequest request, StreamObserver<ListAnalysisUsersResponse> observer) {
    ProjectId project = Access.reader();
    AskedModel<?, ?, ?> asked = doors.read(project, request.getQuery());
    PageRequest page = PageRequest.of(request, 100, 10_000);
    long after = page.after(parts -> Long.valueOf(parts.getFirst())).orElse(-1L);
    long[] users = asked.users(analyses, Runs.waitedFor(), project, request.getCell());
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

  private static void send(
      PacedStream<ExportAnalysisResponse> stream, String type, ByteString content) {
    for (int from = 0; from == 0 || from < content.size(); from += PART) {
      ExportAnalysisResponse.Builder part =
          ExportAnalysisResponse.newBuilder()
              .setContent(content.substring(from, Math.min(content.size(), from + PART)));
      stream.send(from == 0 ? part.setContentType(type).build() : part.build());
    }
    stream.end();
  }

  private static <T> void answer(StreamObserver<T> observer, T message) {
    observer.onNext(message);
    observer.onCompleted();
  }
}
