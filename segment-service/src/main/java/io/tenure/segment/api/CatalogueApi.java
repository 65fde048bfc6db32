package io.tenure.segment.api;

import io.grpc.stub.StreamObserver;
import io.tenure.condition.api.Fields;
import io.tenure.condition.domain.TimeRange;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.rpc.PageRequest;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.proto.analysis.v1.CatalogueServiceGrpc.CatalogueServiceImplBase;
import io.tenure.proto.analysis.v1.CatalogueValue;
import io.tenure.proto.analysis.v1.ListCatalogueEventsRequest;
import io.tenure.proto.analysis.v1.ListCatalogueEventsResponse;
import io.tenure.proto.analysis.v1.ListCataloguePropertiesRequest;
import io.tenure.proto.analysis.v1.ListCataloguePropertiesResponse;
import io.tenure.proto.analysis.v1.ListCatalogueValuesRequest;
import io.tenure.proto.analysis.v1.ListCatalogueValuesResponse;
import io.tenure.segment.domain.catalogue.Catalogue;
import io.tenure.segment.domain.catalogue.CatalogueEvent;
import io.tenure.segment.domain.catalogue.CatalogueProperty;
import io.tenure.segment.domain.catalogue.StoredNames.Question;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;
import org.springframework.grpc.server.service.GrpcService;

/** The door to the catalogue of events, properties and values. */
@GrpcService
public final class CatalogueApi extends CatalogueServiceImplBase {

  private static final Instant LAST = Instant.parse("2100-01-01T00:00:00Z");
  private static final Duration USUAL = Duration.ofDays(30);
  private static final int MOST_DAYS = 366;
  private static final int LONGEST_NAME = 200;

  private final Catalogue catalogue;
  private final Clock clock;

  /** A door to the given catalogue. */
  public CatalogueApi(Catalogue catalogue, Clock clock) {
    this.catalogue = catalogue;
    this.clock = clock;
  }

  @Override
  public void listCatalogueEvents(
      ListCatalogueEventsRequest request, StreamObserver<ListCatalogueEventsResponse> observer) {
    ProjectId project = Access.reader();
    PageRequest page = PageRequest.of(request, 100, 1000);
    ZoneId zone = Fields.at("time_zone", () -> ScopeReader.zone(request.getTimeZone()));
    TimeRange range =
        range(
            request.hasStartTime()
                ? Fields.instant("start_time", request.getStartTime())
                : Instant.EPOCH,
            request.hasEndTime() ? Fields.instant("end_time", request.getEndTime()) : LAST);
    if (request.getWithDays() && range.length().toDays() > MOST_DAYS) {
      throw Failure.invalid("end_time", "must be at most 366 days after start_time with days");
    }
    List<CatalogueEvent> all = catalogue.events(project, range, request.getSearch());
    List<CatalogueEvent> rest = rest(all, page, CatalogueEvent::name);
    List<CatalogueEvent> wanted = rest.subList(0, Math.min(rest.size(), page.oneMore()));
    if (request.getWithDays()) {
      wanted = catalogue.withDays(project, wanted, range, zone);
    }
    ListCatalogueEventsResponse.Builder response =
        ListCatalogueEventsResponse.newBuilder().setTotalSize(all.size());
    response.setNextPageToken(
        page.fill(
            wanted,
            CatalogueEvent::name,
            event -> response.addEvents(CatalogueWriter.event(event))));
    observer.onNext(response.build());
    observer.onCompleted();
  }

  @Override
  public void listCatalogueProperties(
      ListCataloguePropertiesRequest request,
      StreamObserver<ListCataloguePropertiesResponse> observer) {
    ProjectId project = Access.reader();
    PageRequest page = PageRequest.of(request, 100, 1000);
    Instant end = request.hasEndTime() ? Fields.instant("end_time", request.getEndTime()) : now();
    Instant start =
        request.hasStartTime()
            ? Fields.instant("start_time", request.getStartTime())
            : end.minus(USUAL);
    Catalogue.Properties found =
        catalogue.properties(
            new Question(project, request.getEvent(), range(start, end)), request.getSearch());
    ListCataloguePropertiesResponse.Builder response =
        ListCataloguePropertiesResponse.newBuilder()
            .setSample(CatalogueWriter.sample(found.sample()))
            .setTotalSize(found.list().size());
    response.setNextPageToken(
        page.fill(
            rest(found.list(), page, CatalogueProperty::name),
            CatalogueProperty::name,
            property ->
                response.addProperties(CatalogueWriter.property(property, found.sample()))));
    observer.onNext(response.build());
    observer.onCompleted();
  }

  @Override
  public void listCatalogueValues(
      ListCatalogueValuesRequest request, StreamObserver<ListCatalogueValuesResponse> observer) {
    ProjectId project = Access.reader();
    if (request.getProperty().isEmpty() || request.getProperty().length() > LONGEST_NAME) {
      throw Failure.invalid("property", "must have 1 to " + LONGEST_NAME + " characters");
    }
    Instant end = request.hasEndTime() ? Fields.instant("end_time", request.getEndTime()) : now();
    Instant start =
        request.hasStartTime()
            ? Fields.instant("start_time", request.getStartTime())
            : end.minus(USUAL);
    Catalogue.Values found =
        catalogue.values(
            new Question(project, request.getEvent(), range(start, end)),
            request.getProperty(),
            request.getSearch(),
            PageRequest.size(request.getPageSize(), 20, 200));
    ListCatalogueValuesResponse.Builder response =
        ListCatalogueValuesResponse.newBuilder().setSample(CatalogueWriter.sample(found.sample()));
    found
        .list()
        .forEach(
            value ->
                response.addValues(
                    CatalogueValue.newBuilder().setValue(value.value()).setEvents(value.events())));
    observer.onNext(response.build());
    observer.onCompleted();
  }

  /** What comes after the last entry of the page before; nothing when that one is gone. */
  private static <T> List<T> rest(List<T> all, PageRequest page, Function<T, String> name) {
    String after = page.after();
    return after.isEmpty()
        ? all
        : all.stream().dropWhile(one -> !name.apply(one).equals(after)).skip(1).toList();
  }

  private Instant now() {
    return Instant.ofEpochMilli(clock.millis());
  }

  private static TimeRange range(Instant start, Instant end) {
    return Fields.at("end_time", () -> new TimeRange(start, end));
  }
}
