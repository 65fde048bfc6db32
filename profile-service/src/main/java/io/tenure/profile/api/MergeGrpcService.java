package io.tenure.profile.api;

import io.grpc.stub.StreamObserver;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.rpc.PageRequest;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.Caller.Role;
import io.tenure.profile.domain.Profile;
import io.tenure.profile.domain.ProfileDirectory;
import io.tenure.profile.domain.merge.Merge;
import io.tenure.profile.domain.merge.MergePreviews;
import io.tenure.profile.domain.merge.MergedUsers;
import io.tenure.profile.domain.merge.Merger;
import io.tenure.profile.domain.merge.Merges;
import io.tenure.profile.domain.merge.UndoWindow;
import io.tenure.profile.domain.visibility.Viewing;
import io.tenure.proto.profile.v1.GetMergeRequest;
import io.tenure.proto.profile.v1.GetMergeResponse;
import io.tenure.proto.profile.v1.ListMergesRequest;
import io.tenure.proto.profile.v1.ListMergesResponse;
import io.tenure.proto.profile.v1.MergeServiceGrpc.MergeServiceImplBase;
import io.tenure.proto.profile.v1.MergeUsersRequest;
import io.tenure.proto.profile.v1.MergeUsersResponse;
import io.tenure.proto.profile.v1.PreviewMergeRequest;
import io.tenure.proto.profile.v1.PreviewMergeResponse;
import io.tenure.proto.profile.v1.PreviewUndoRequest;
import io.tenure.proto.profile.v1.PreviewUndoResponse;
import io.tenure.proto.profile.v1.UndoMergeRequest;
import io.tenure.proto.profile.v1.UndoMergeResponse;
import java.util.List;
import org.springframework.grpc.server.service.GrpcService;

/** The door to merges of users. */
@GrpcService
public class MergeGrpcService extends MergeServiceImplBase {

  private static final int STANDARD_PAGE = 100;
  private static final int LARGEST_PAGE = 1_000;
  private static final int LONGEST_REASON = 500;

  private final Merger merger;
  private final MergePreviews previews;
  private final Merges merges;
  private final MergedUsers users;
  private final ProfileDirectory directory;
  private final Viewing viewing;
  private final MergeMessages messages;

  /** A door to the given use cases. */
  public MergeGrpcService(
      Merger merger,
      MergePreviews previews,
      Merges merges,
      MergedUsers users,
      ProfileDirectory directory,
      Viewing viewing,
      UndoWindow window) {
    this.merger = merger;
    this.previews = previews;
    this.merges = merges;
    this.users = users;
    this.directory = directory;
    this.viewing = viewing;
    this.messages = new MergeMessages(window);
  }

  @Override
  public void mergeUsers(MergeUsersRequest request, StreamObserver<MergeUsersResponse> observer) {
    Caller caller = CallerContext.requiring(Role.EDITOR);
    checkIds(request.getUserId(), request.getOtherUserId());
    if (request.getReason().length() > LONGEST_REASON) {
      throw Failure.invalid("reason", "has at most " + LONGEST_REASON + " characters");
    }
    Merge merge =
        merger.merge(
            caller.project(),
            request.getUserId(),
            request.getOtherUserId(),
            false,
            caller.subject(),
            request.getReason());
    observer.onNext(MergeUsersResponse.newBuilder().setMerge(messages.write(merge)).build());
    observer.onCompleted();
  }

  @Override
  public void previewMerge(
      PreviewMergeRequest request, StreamObserver<PreviewMergeResponse> observer) {
    Caller caller = CallerContext.requiring(Role.ANALYST);
    checkIds(request.getUserId(), request.getOtherUserId());
    observer.onNext(
        PreviewMergeResponse.newBuilder()
            .setPreview(
                MergeMessages.write(
                    previews.merge(caller.project(), request.getUserId(), request.getOtherUserId()),
                    viewing.of(caller)))
            .build());
    observer.onCompleted();
  }

  @Override
  public void undoMerge(UndoMergeRequest request, StreamObserver<UndoMergeResponse> observer) {
    Caller caller = CallerContext.requiring(Role.EDITOR);
    RequestChecks.checkId(request.getId());
    Merge merge = merger.undo(caller.project(), request.getId(), caller.subject());
    observer.onNext(UndoMergeResponse.newBuilder().setMerge(messages.write(merge)).build());
    observer.onCompleted();
  }

  @Override
  public void previewUndo(
      PreviewUndoRequest request, StreamObserver<PreviewUndoResponse> observer) {
    Caller caller = CallerContext.requiring(Role.ANALYST);
    RequestChecks.checkId(request.getId());
    observer.onNext(
        PreviewUndoResponse.newBuilder()
            .setPreview(
                messages.expiring(
                    MergeMessages.write(
                        previews.undo(caller.project(), request.getId()), viewing.of(caller)),
                    merges.find(caller.project(), request.getId())))
            .build());
    observer.onCompleted();
  }

  @Override
  public void getMerge(GetMergeRequest request, StreamObserver<GetMergeResponse> observer) {
    Caller caller = CallerContext.requiring(Role.ANALYST);
    RequestChecks.checkId(request.getId());
    Merge merge =
        merges
            .find(caller.project(), request.getId())
            .orElseThrow(() -> Failure.notFound("merge", request.getId()));
    observer.onNext(GetMergeResponse.newBuilder().setMerge(messages.write(merge)).build());
    observer.onCompleted();
  }

  @Override
  public void listMerges(ListMergesRequest request, StreamObserver<ListMergesResponse> observer) {
    Caller caller = CallerContext.requiring(Role.ANALYST);
    PageRequest page = PageRequest.of(request, STANDARD_PAGE, LARGEST_PAGE);
    List<Merge> found =
        merges.list(
            caller.project(), numbers(caller, request.getUserId()), page.after(), page.oneMore());
    ListMergesResponse.Builder response = ListMergesResponse.newBuilder();
    response.setNextPageToken(
        page.fill(found, Merge::id, merge -> response.addMerges(messages.write(merge))));
    observer.onNext(response.build());
    observer.onCompleted();
  }

  private List<Long> numbers(Caller caller, String id) {
    if (id.isEmpty()) {
      return List.of();
    }
    RequestChecks.checkId(id);
    Profile profile =
        directory
            .find(caller.project(), List.of(id))
            .getFirst()
            .orElseThrow(() -> Failure.notFound("profile", id));
    return users.numbers(caller.project(), profile.user().number());
  }

  private static void checkIds(String one, String other) {
    RequestChecks.checkId("user_id", one);
    RequestChecks.checkId("other_user_id", other);
  }
}
