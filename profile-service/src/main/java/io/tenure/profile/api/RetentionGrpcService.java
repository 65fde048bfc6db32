package io.tenure.profile.api;

import io.grpc.stub.StreamObserver;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.rpc.PageRequest;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.Caller.Role;
import io.tenure.profile.domain.retention.RetentionRequests;
import io.tenure.profile.domain.retention.RetentionRun;
import io.tenure.proto.retention.v1.GetRetentionPolicyRequest;
import io.tenure.proto.retention.v1.GetRetentionPolicyResponse;
import io.tenure.proto.retention.v1.ListRetentionRunsRequest;
import io.tenure.proto.retention.v1.ListRetentionRunsResponse;
import io.tenure.proto.retention.v1.PreviewRetentionRequest;
import io.tenure.proto.retention.v1.PreviewRetentionResponse;
import io.tenure.proto.retention.v1.RetentionPolicyServiceGrpc.RetentionPolicyServiceImplBase;
import io.tenure.proto.retention.v1.UpdateRetentionPolicyRequest;
import io.tenure.proto.retention.v1.UpdateRetentionPolicyResponse;
import java.util.List;
import org.springframework.grpc.server.service.GrpcService;

/** The door to how long what is kept, for administrators only. */
@GrpcService
public class RetentionGrpcService extends RetentionPolicyServiceImplBase {

  private static final int STANDARD_PAGE = 100;
  private static final int LARGEST_PAGE = 1_000;

  private final RetentionRequests requests;

  /** A door to the given use cases. */
  public RetentionGrpcService(RetentionRequests requests) {
    this.requests = requests;
  }

  @Override
  public void getRetentionPolicy(
      GetRetentionPolicyRequest request, StreamObserver<GetRetentionPolicyResponse> observer) {
    Caller caller = CallerContext.requiring(Role.ADMINISTRATOR);
    observer.onNext(
        GetRetentionPolicyResponse.newBuilder()
            .setPolicy(RetentionMessages.write(requests.get(caller.project())))
            .build());
    observer.onCompleted();
  }

  @Override
  public void updateRetentionPolicy(
      UpdateRetentionPolicyRequest request,
      StreamObserver<UpdateRetentionPolicyResponse> observer) {
    Caller caller = CallerContext.requiring(Role.ADMINISTRATOR);
    observer.onNext(
        UpdateRetentionPolicyResponse.newBuilder()
            .setPolicy(
                RetentionMessages.write(
                    requests.update(
                        caller,
                        RetentionMessages.read(request.getPolicy()),
                        request.getPolicy().getEtag())))
            .build());
    observer.onCompleted();
  }

  @Override
  public void previewRetention(
      PreviewRetentionRequest request, StreamObserver<PreviewRetentionResponse> observer) {
    Caller caller = CallerContext.requiring(Role.ADMINISTRATOR);
    observer.onNext(
        PreviewRetentionResponse.newBuilder()
            .putAllCounts(
                requests.preview(caller.project(), RetentionMessages.read(request.getPolicy())))
            .build());
    observer.onCompleted();
  }

  @Override
  public void listRetentionRuns(
      ListRetentionRunsRequest request, StreamObserver<ListRetentionRunsResponse> observer) {
    Caller caller = CallerContext.requiring(Role.ADMINISTRATOR);
    PageRequest page = PageRequest.of(request, STANDARD_PAGE, LARGEST_PAGE);
    List<RetentionRun> found = requests.runs(caller.project(), page.after(), page.oneMore());
    ListRetentionRunsResponse.Builder response = ListRetentionRunsResponse.newBuilder();
    response.setNextPageToken(
        page.fill(found, RetentionRun::id, run -> response.addRuns(RetentionMessages.write(run))));
    observer.onNext(response.build());
    observer.onCompleted();
  }
}
