package io.tenure.collector.api;

import io.grpc.stub.StreamObserver;
import io.tenure.collector.domain.plan.Catalogue;
import io.tenure.collector.domain.plan.LearnedName;
import io.tenure.collector.domain.plan.PlanIndex;
import io.tenure.collector.domain.plan.TrackingPlan;
import io.tenure.collector.domain.plan.TrackingPlans;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.tenancy.Caller;
import io.tenure.proto.plan.v1.GetTrackingPlanRequest;
import io.tenure.proto.plan.v1.GetTrackingPlanResponse;
import io.tenure.proto.plan.v1.ListCatalogueRequest;
import io.tenure.proto.plan.v1.ListCatalogueResponse;
import io.tenure.proto.plan.v1.SuggestTrackingPlanRequest;
import io.tenure.proto.plan.v1.SuggestTrackingPlanResponse;
import io.tenure.proto.plan.v1.TrackingPlanServiceGrpc.TrackingPlanServiceImplBase;
import io.tenure.proto.plan.v1.UpdateTrackingPlanRequest;
import io.tenure.proto.plan.v1.UpdateTrackingPlanResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import org.springframework.grpc.server.service.GrpcService;

/** Reads and changes tracking plans, and shows what was seen beside them. */
@GrpcService
public final class TrackingPlanGrpcService extends TrackingPlanServiceImplBase {

  private static final int DEFAULT_PAGE = 100;
  private static final int LARGEST_PAGE = 1000;

  private final TrackingPlans plans;
  private final Catalogue catalogue;

  /** Answers from the saved plans and from what this collector learned. */
  public TrackingPlanGrpcService(TrackingPlans plans, Catalogue catalogue) {
    this.plans = plans;
    this.catalogue = catalogue;
  }

  @Override
  public void getTrackingPlan(
      GetTrackingPlanRequest request, StreamObserver<GetTrackingPlanResponse> reply) {
    Caller caller = requiring(Caller.Role.ANALYST);
    reply.onNext(
        GetTrackingPlanResponse.newBuilder()
            .setPlan(PlanMessages.message(plans.get(caller.project())))
            .build());
    reply.onCompleted();
  }

  @Override
  public void updateTrackingPlan(
      UpdateTrackingPlanRequest request, StreamObserver<UpdateTrackingPlanResponse> reply) {
    Caller caller = requiring(Caller.Role.EDITOR);
    TrackingPlan plan =
        PlanMessages.plan(request.getPlan(), caller.subject())
            .after(plans.get(caller.project()).plan());
    plan.check();
    TrackingPlans.Saved saved =
        plans.update(caller.project(), plan, request.getPlan().getEtag(), caller.subject());
    reply.onNext(
        UpdateTrackingPlanResponse.newBuilder().setPlan(PlanMessages.message(saved)).build());
    reply.onCompleted();
  }

  @Override
  public void suggestTrackingPlan(
      SuggestTrackingPlanRequest request, StreamObserver<SuggestTrackingPlanResponse> reply) {
    Caller caller = requiring(Caller.Role.ANALYST);
    PlanIndex plan = new PlanIndex(plans.get(caller.project()).plan());
    SuggestTrackingPlanResponse.Builder page = SuggestTrackingPlanResponse.newBuilder();
    catalogue.list(caller.project()).stream()
        .filter(name -> !name.name().startsWith("$") && !plan.has(name.scope(), name.name()))
        .sorted(Comparator.comparingLong(LearnedName::count).reversed())
        .limit(size(request.getPageSize()))
        .forEach(name -> page.addSuggestions(PlanMessages.message(plan, name)));
    reply.onNext(page.build());
    reply.onCompleted();
  }

  @Override
  public void listCatalogue(
      ListCatalogueRequest request, StreamObserver<ListCatalogueResponse> reply) {
    Caller caller = requiring(Caller.Role.ANALYST);
    PlanIndex plan = new PlanIndex(plans.get(caller.project()).plan());
    int size = size(request.getPageSize());
    String after = key(request.getPageToken());
    List<LearnedName> rest =
        catalogue.list(caller.project()).stream()
            .filter(name -> key(name).compareTo(after) > 0)
            .toList();
    ListCatalogueResponse.Builder page = ListCatalogueResponse.newBuilder();
    rest.stream().limit(size).forEach(name -> page.addNames(PlanMessages.message(plan, name)));
    if (rest.size() > size) {
      byte[] last = key(rest.get(size - 1)).getBytes(StandardCharsets.UTF_8);
      page.setNextPageToken(Base64.getUrlEncoder().encodeToString(last));
    }
    reply.onNext(page.build());
    reply.onCompleted();
  }

  private static Caller requiring(Caller.Role role) {
    Caller caller = CallerContext.current();
    if (caller.role().compareTo(role) < 0) {
      throw Failure.of(Reason.PERMISSION_DENIED, "The credential does not allow this");
    }
    return caller;
  }

  private static int size(int asked) {
    if (asked < 0 || asked > LARGEST_PAGE) {
      throw Failure.invalid("page_size", "must be 0 to " + LARGEST_PAGE);
    }
    return asked == 0 ? DEFAULT_PAGE : asked;
  }

  /** Sorts as the catalogue does. */
  private static String key(LearnedName name) {
    return name.scope().ordinal() + ":" + name.name();
  }

  private static String key(String token) {
    try {
      return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notOurs) {
      throw Failure.invalid("page_token", "is not from a previous reply");
    }
  }
}
