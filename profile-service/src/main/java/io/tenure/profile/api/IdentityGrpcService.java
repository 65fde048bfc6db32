package io.tenure.profile.api;

import io.grpc.stub.StreamObserver;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.Caller.Role;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.ProfileDirectory;
import io.tenure.profile.domain.identity.Explainer;
import io.tenure.profile.domain.identity.Explainer.Explanation;
import io.tenure.profile.domain.identity.IdKind;
import io.tenure.profile.domain.identity.IdentityPlan;
import io.tenure.profile.domain.identity.IdentityPlans;
import io.tenure.profile.domain.identity.PlanChange;
import io.tenure.proto.profile.v1.ExplainIdentityRequest;
import io.tenure.proto.profile.v1.ExplainIdentityResponse;
import io.tenure.proto.profile.v1.GetIdentityPlanRequest;
import io.tenure.proto.profile.v1.GetIdentityPlanResponse;
import io.tenure.proto.profile.v1.IdentityServiceGrpc.IdentityServiceImplBase;
import io.tenure.proto.profile.v1.UpdateIdentityPlanRequest;
import io.tenure.proto.profile.v1.UpdateIdentityPlanResponse;
import java.util.List;
import org.springframework.grpc.server.service.GrpcService;

/** The door to identity plans and to the reasons behind every id. */
@GrpcService
public class IdentityGrpcService extends IdentityServiceImplBase {

  private final IdentityPlans plans;
  private final PlanChange change;
  private final Explainer explainer;
  private final ProfileDirectory directory;

  /** A door to the given use cases. */
  public IdentityGrpcService(
      IdentityPlans plans, PlanChange change, Explainer explainer, ProfileDirectory directory) {
    this.plans = plans;
    this.change = change;
    this.explainer = explainer;
    this.directory = directory;
  }

  @Override
  public void getIdentityPlan(
      GetIdentityPlanRequest request, StreamObserver<GetIdentityPlanResponse> observer) {
    Caller caller = CallerContext.requiring(Role.ANALYST);
    observer.onNext(
        GetIdentityPlanResponse.newBuilder()
            .setPlan(IdentityMessages.write(plans.get(caller.project())))
            .build());
    observer.onCompleted();
  }

  @Override
  public void updateIdentityPlan(
      UpdateIdentityPlanRequest request, StreamObserver<UpdateIdentityPlanResponse> observer) {
    Caller caller = CallerContext.requiring(Role.ADMINISTRATOR);
    IdentityPlan plan = IdentityPlanReader.read(request.getPlan());
    observer.onNext(
        UpdateIdentityPlanResponse.newBuilder()
            .setPlan(
                IdentityMessages.write(
                    change.change(
                        caller.project(), plan, request.getPlan().getEtag(), caller.subject())))
            .build());
    observer.onCompleted();
  }

  @Override
  public void explainIdentity(
      ExplainIdentityRequest request, StreamObserver<ExplainIdentityResponse> observer) {
    Caller caller = CallerContext.requiring(Role.ANALYST);
    RequestChecks.check(request);
    Explanation explanation = explain(caller.project(), request);
    ExplainIdentityResponse.Builder response = IdentityMessages.write(explanation).toBuilder();
    directory
        .find(caller.project(), List.of("user_number:" + explanation.userNumber()))
        .getFirst()
        .ifPresent(profile -> response.addAllMergedUsers(MergeMessages.write(profile)));
    observer.onNext(response.build());
    observer.onCompleted();
  }

  private Explanation explain(ProjectId project, ExplainIdentityRequest request) {
    if (!request.getIdentity().isEmpty()) {
      return explainer.explain(project, IdKind.KEYED, request.getIdentity());
    }
    return request.getLoginId().isEmpty()
        ? explainer.explain(project, IdKind.DEVICE, request.getAnonymousId())
        : explainer.explain(project, IdKind.LOGIN, request.getLoginId());
  }
}
