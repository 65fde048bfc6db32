package io.tenure.segment.api;

import io.grpc.stub.StreamObserver;
import io.tenure.condition.api.Fields;
import io.tenure.condition.domain.TimeRange;
import io.tenure.platform.rpc.PageRequest;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.proto.analysis.v1.AnalysisServiceGrpc.AnalysisServiceImplBase;
import io.tenure.proto.analysis.v1.ListEventNamesRequest;
import io.tenure.proto.analysis.v1.ListEventNamesResponse;
import io.tenure.proto.analysis.v1.ListEventsRequest;
import io.tenure.proto.analysis.v1.ListEventsResponse;
import io.tenure.proto.analysis.v1.ListFunnelUsersRequest;
import io.tenure.proto.analysis.v1.ListFunnelUsersResponse;
import io.tenure.proto.analysis.v1.RunFunnelRequest;
import io.tenure.proto.analysis.v1.RunFunnelResponse;
import io.tenure.proto.analysis.v1.RunRetentionRequest;
import io.tenure.proto.analysis.v1.RunRetentionResponse;
import io.tenure.proto.analysis.v1.RunTrendRequest;
import io.tenure.proto.analysis.v1.RunTrendResponse;
import io.tenure.segment.domain.event.EventArchive;
import io.tenure.segment.domain.event.EventFilter;
import io.tenure.segment.domain.event.EventFilter.Position;
import io.tenure.segment.domain.event.StoredEvent;
import io.tenure.segment.domain.funnel.FunnelCell;
import io.tenure.segment.domain.funnel.FunnelQuery;
import io.tenure.segment.domain.funnel.Funnels;
import io.tenure.segment.domain.funnel.StepUsers;
import io.tenure.segment.domain.retention.Retentions;
import io.tenure.segment.domain.trend.Trends;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.grpc.server.service.GrpcService;

/** The door to the analyses. */
@GrpcService
public final class AnalysisApi extends AnalysisServiceImplBase {

  private static final Instant FIRST = Instant.EPOCH;
  private static final Instant LAST = Instant.parse("2100-01-01T00:00:00Z");

  private final Funnels funnels;
  private final Retentions retentions;
  private final Trends trends;
  private final EventArchive archive;

  /** A door to the given use cases. */
  public AnalysisApi(Funnels funnels, Retentions retentions, Trends trends, EventArchive archive) {
    this.funnels = funnels;
    this.retentions = retentions;
    this.trends = trends;
    this.archive = archive;
  }

  @Override
  public void runFunnel(RunFunnelRequest request, StreamObserver<RunFunnelResponse> observer) {
    ProjectId project = Access.reader();
    FunnelQuery query = AnalysisReader.funnel(request.getQuery());
    int values = FunnelReader.limit(request.getQuery());
    answer(
        observer,
        RunFunnelResponse.newBuilder()
            .setFunnel(FunnelWriter.write(funnels.run(project, query), values))
            .build());
  }

  @Override
  public void listFunnelUsers(
      ListFunnelUsersRequest request, StreamObserver<ListFunnelUsersResponse> observer) {
    ProjectId project = Access.reader();
    FunnelQuery query = AnalysisReader.funnel(request.getQuery());
    FunnelCell cell = FunnelReader.cell(request, query);
    PageRequest page = PageRequest.of(request, 100, 10_000);
    long after = page.after(parts -> Long.valueOf(parts.getFirst())).orElse(-1L);
    StepUsers users = funnels.users(project, query, cell, after, page.size());
    ListFunnelUsersResponse.Builder response =
        ListFunnelUsersResponse.newBuilder().setTotalSize(users.total());
    users.numbers().forEach(number -> response.addUserNumbers(number.intValue()));
    if (users.more()) {
      response.setNextPageToken(page.next(users.numbers().getLast().toString()));
    }
    answer(observer, response.build());
  }

  @Override
  public void runRetention(
      RunRetentionRequest request, StreamObserver<RunRetentionResponse> observer) {
    ProjectId project = Access.reader();
    var query = AnalysisReader.retention(request.getQuery());
    answer(
        observer,
        RunRetentionResponse.newBuilder()
            .setRetention(AnalysisWriter.retention(retentions.run(project, query)))
            .build());
  }

  @Override
  public void runTrend(RunTrendRequest request, StreamObserver<RunTrendResponse> observer) {
    ProjectId project = Access.reader();
    var query = AnalysisReader.trend(request.getQuery());
    answer(
        observer,
        RunTrendResponse.newBuilder()
            .setTrend(AnalysisWriter.trend(trends.run(project, query)))
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

  private static <T> void answer(StreamObserver<T> observer, T message) {
    observer.onNext(message);
    observer.onCompleted();
  }
}
