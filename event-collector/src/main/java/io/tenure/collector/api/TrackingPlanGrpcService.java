package io.tenure.collector.api;

import io.grpc.stub.StreamObserver;
import io.tenure.collector.domain.plan.Catalogue;
import io.tenure.collector.domain.plan.LearnedName;
import io.tenure.collector.domain.plan.PlanIndex;
import io.tenure.collector.domain.plan.TrackingPlan;
import io.tenure.collector.domain.plan.TrackingPlans;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.rpc.PageRequest;
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
    Caller caller = CallerContext.requiring(Caller.Role.ANALYST);
    reply.onNext(
        GetTrackingPlanResponse.newBuilder()
            .setPlan(PlanMessages.message(plans.get(caller.project())))
            .build());
    reply.onCompleted();
  }

  @Override
  public void updateTrackingPlan(
      UpdateTrackingPlanRequest request, StreamObserver<UpdateTrackingPlanResponse> reply) {
    Caller caller = CallerContext.requiring(Caller.Role.EDITOR);
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
    Caller caller = CallerContext.requiring(Caller.Role.ANALYST);
    PlanIndex plan = new PlanIndex(plans.get(caller.project()).plan());
    SuggestTrackingPlanResponse.Builder page = SuggestTrackingPlanResponse.newBuilder();
    catalogue.list(caller.project()).stream()
        .filter(name -> !name.name().startsWith("$") && !plan.has(name.scope(), name.name()))
        .sorted(Comparator.comparingLong(LearnedName::count).reversed())
        .limit(PageRequest.size(request.getPageSize(), DEFAULT_PAGE, LARGEST_PAGE))
        .forEach(name -> page.addSuggestions(PlanMessages.message(plan, name)));
    reply.onNext(page.build());
    reply.onCompleted();
  }

  @Override
  public void listCatalogue(
      ListCatalogueRequest request, StreamObserver<ListCatalogueResponse> reply) {
    Caller caller = CallerContext.requiring(Caller.Role.ANALYST);
    PlanIndex plan = new PlanIndex(plans.get(caller.project()).plan());
    PageRequest wanted = PageRequest.of(request, DEFAULT_PAGE, LARGEST_PAGE);
    String after = wanted.after();
    List<LearnedName> rest =
        catalogue.list(caller.project()).stream()
            .filter(name -> key(name).compareTo(after) > 0)
            .limit(wanted.oneMore())
            .toList();
    ListCatalogueResponse.Builder page = ListCatalogueResponse.newBuilder();
    page.setNextPageToken(
        wanted.fill(
            rest,
            TrackingPlanGrpcService::key,
            name -> page.addNames(PlanMessages.message(plan, name))));
    reply.onNext(page.build());
    reply.onCompleted();
  }

  /** Sorts as the catalogue does. */
  private static String key(LearnedName name) {
    return name.scope().ordinal() + ":" + name.name();
  }
}
