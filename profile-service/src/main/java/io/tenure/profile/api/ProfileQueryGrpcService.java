package io.tenure.profile.api;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.tenure.condition.api.ConditionReader;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.rpc.PageRequest;
import io.tenure.platform.tenancy.Caller;
import io.tenure.profile.domain.seal.SealedNames;
import io.tenure.profile.domain.search.ProfileIndex.Position;
import io.tenure.profile.domain.search.ProfileSearch;
import io.tenure.profile.domain.search.Search;
import io.tenure.profile.domain.timeline.PastEvent.Place;
import io.tenure.profile.domain.timeline.Timeline;
import io.tenure.profile.domain.visibility.Viewing;
import io.tenure.profile.domain.visibility.Visibility;
import io.tenure.proto.condition.v1.Condition.KindCase;
import io.tenure.proto.profile.v1.ListTimelineRequest;
import io.tenure.proto.profile.v1.ListTimelineResponse;
import io.tenure.proto.profile.v1.ProfileQueryServiceGrpc.ProfileQueryServiceImplBase;
import io.tenure.proto.profile.v1.SearchProfilesRequest;
import io.tenure.proto.profile.v1.SearchProfilesResponse;
import io.tenure.proto.profile.v1.WatchProfilesRequest;
import io.tenure.proto.profile.v1.WatchProfilesResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.grpc.server.service.GrpcService;

/** The door for people: finding users and seeing what they did. */
@GrpcService
public class ProfileQueryGrpcService extends ProfileQueryServiceImplBase {

  private static final int STANDARD_PAGE = 100;
  private static final int LARGEST_PAGE = 1_000;
  private static final int LARGEST_COUNT = 1_000_000;

  private final ProfileSearch search;
  private final Timeline timeline;
  private final Viewing viewing;
  private final Watchers watchers;
  private final SealedNames sealed;

  /** A door to the given use cases. */
  public ProfileQueryGrpcService(
      ProfileSearch search,
      Timeline timeline,
      Viewing viewing,
      Watchers watchers,
      SealedNames sealed) {
    this.search = search;
    this.timeline = timeline;
    this.viewing = viewing;
    this.watchers = watchers;
    this.sealed = sealed;
  }

  @Override
  public void searchProfiles(
      SearchProfilesRequest request, StreamObserver<SearchProfilesResponse> observer) {
    Caller caller = Readers.current();
    Visibility visibility = viewing.of(caller);
    Search asked = search(caller, request);
    visibility.require(asked.traits());
    sealed.requireComparable(caller.project(), asked.compared());
    PageRequest wanted = PageRequest.of(request, STANDARD_PAGE, LARGEST_PAGE, "count_limit");
    Optional<Position> after = wanted.after(ProfileQueryGrpcService::position);
    ProfileSearch.Page page = search.page(asked, after, wanted.size());
    SearchProfilesResponse.Builder response = SearchProfilesResponse.newBuilder();
    page.profiles()
        .forEach(profile -> response.addProfiles(ProfileMessages.write(profile, visibility)));
    page.next().ifPresent(next -> response.setNextPageToken(wanted.next(write(next))));
    if (request.getCountLimit() > 0) {
      long found = search.count(asked, request.getCountLimit() + 1L);
      response
          .setTotalSize(Math.min(found, request.getCountLimit()))
          .setTotalSizeCapped(found > request.getCountLimit());
    }
    observer.onNext(response.build());
    observer.onCompleted();
  }

  @Override
  public void listTimeline(
      ListTimelineRequest request, StreamObserver<ListTimelineResponse> observer) {
    Caller caller = Readers.current();
    Visibility visibility = viewing.of(caller);
    RequestChecks.checkId(request.getId());
    PageRequest wanted = PageRequest.of(request, STANDARD_PAGE, LARGEST_PAGE);
    Optional<Place> after = wanted.after(TimelineMessages::place);
    Timeline.Page page =
        timeline.page(
            caller.project(),
            request.getId(),
            TimelineMessages.names(request),
            TimelineMessages.span(request),
            after,
            wanted.size());
    ListTimelineResponse.Builder response = ListTimelineResponse.newBuilder();
    page.events().forEach(event -> response.addEvents(TimelineMessages.write(event, visibility)));
    page.next()
        .ifPresent(next -> response.setNextPageToken(wanted.next(TimelineMessages.write(next))));
    observer.onNext(response.build());
    observer.onCompleted();
  }

  /** Runs on the call's own virtual thread, which may wait. */
  @Override
  public void watchProfiles(
      WatchProfilesRequest request, StreamObserver<WatchProfilesResponse> observer) {
    Caller caller = Readers.current();
    watchers.follow(
        caller,
        request.getResumeToken(),
        (ServerCallStreamObserver<WatchProfilesResponse>) observer);
  }

  private static Search search(Caller caller, SearchProfilesRequest request) {
    if (!request.getId().isEmpty()) {
      RequestChecks.checkId(request.getId());
    }
    if (request.getCountLimit() < 0 || request.getCountLimit() > LARGEST_COUNT) {
      throw Failure.invalid("count_limit", "must be 0 to " + LARGEST_COUNT);
    }
    return new Search(
        caller.project(),
        request.getId(),
        request.hasCondition()
            ? Optional.of(
                ConditionReader.read(
                    "condition",
                    request.getCondition(),
                    Set.of(KindCase.TRAIT),
                    "profiles are searched by traits only; make a segment"))
            : Optional.empty(),
        OrderingReader.read(request.getOrderBy()));
  }

  private static List<String> write(Position place) {
    List<String> parts = new ArrayList<>();
    parts.add(Long.toString(place.userNumber()));
    parts.addAll(place.keys());
    return parts;
  }

  private static Position position(List<String> parts) {
    return new Position(
        parts.subList(1, parts.size()),
        Integer.toUnsignedLong(Integer.parseUnsignedInt(parts.getFirst())));
  }
}
