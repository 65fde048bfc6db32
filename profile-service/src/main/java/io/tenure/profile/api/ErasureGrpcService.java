package io.tenure.profile.api;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.Timestamps;
import io.grpc.stub.StreamObserver;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.rpc.PageRequest;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.Caller.Role;
import io.tenure.profile.domain.erasure.Erasure;
import io.tenure.profile.domain.erasure.ErasureRequests;
import io.tenure.proto.erasure.v1.CreateErasureRequest;
import io.tenure.proto.erasure.v1.CreateErasureResponse;
import io.tenure.proto.erasure.v1.ErasurePreview;
import io.tenure.proto.erasure.v1.ErasureServiceGrpc.ErasureServiceImplBase;
import io.tenure.proto.erasure.v1.GetErasureRequest;
import io.tenure.proto.erasure.v1.GetErasureResponse;
import io.tenure.proto.erasure.v1.GetReceiptKeyRequest;
import io.tenure.proto.erasure.v1.GetReceiptKeyResponse;
import io.tenure.proto.erasure.v1.GetReceiptRequest;
import io.tenure.proto.erasure.v1.GetReceiptResponse;
import io.tenure.proto.erasure.v1.ListErasuresRequest;
import io.tenure.proto.erasure.v1.ListErasuresResponse;
import io.tenure.proto.erasure.v1.PreviewErasureRequest;
import io.tenure.proto.erasure.v1.PreviewErasureResponse;
import io.tenure.proto.erasure.v1.Receipt;
import io.tenure.proto.erasure.v1.State;
import java.util.Base64;
import java.util.List;
import org.springframework.grpc.server.service.GrpcService;

/** The door to erasures, for administrators only. */
@GrpcService
public class ErasureGrpcService extends ErasureServiceImplBase {

  private static final int STANDARD_PAGE = 100;
  private static final int LARGEST_PAGE = 1_000;

  private final ErasureRequests requests;

  /** A door to the given use cases. */
  public ErasureGrpcService(ErasureRequests requests) {
    this.requests = requests;
  }

  @Override
  public void previewErasure(
      PreviewErasureRequest request, StreamObserver<PreviewErasureResponse> observer) {
    Caller caller = CallerContext.requiring(Role.ADMINISTRATOR);
    RequestChecks.checkId(request.getUserId());
    answer(
        observer,
        PreviewErasureResponse.newBuilder()
            .setPreview(
                ErasurePreview.newBuilder()
                    .putAllCounts(requests.preview(caller, request.getUserId())))
            .build());
  }

  @Override
  public void createErasure(
      CreateErasureRequest request, StreamObserver<CreateErasureResponse> observer) {
    Caller caller = CallerContext.requiring(Role.ADMINISTRATOR);
    RequestChecks.checkId(request.getUserId());
    answer(
        observer,
        CreateErasureResponse.newBuilder()
            .setErasure(write(requests.create(caller, request.getUserId())))
            .build());
  }

  @Override
  public void getErasure(GetErasureRequest request, StreamObserver<GetErasureResponse> observer) {
    Caller caller = CallerContext.requiring(Role.ADMINISTRATOR);
    answer(
        observer,
        GetErasureResponse.newBuilder()
            .setErasure(write(requests.get(caller.project(), request.getId())))
            .build());
  }

  @Override
  public void listErasures(
      ListErasuresRequest request, StreamObserver<ListErasuresResponse> observer) {
    Caller caller = CallerContext.requiring(Role.ADMINISTRATOR);
    PageRequest page = PageRequest.of(request, STANDARD_PAGE, LARGEST_PAGE);
    List<Erasure> found = requests.list(caller.project(), page.after(), page.oneMore());
    ListErasuresResponse.Builder response = ListErasuresResponse.newBuilder();
    response.setNextPageToken(
        page.fill(found, Erasure::id, one -> response.addErasures(write(one))));
    answer(observer, response.build());
  }

  @Override
  public void getReceipt(GetReceiptRequest request, StreamObserver<GetReceiptResponse> observer) {
    Caller caller = CallerContext.requiring(Role.ADMINISTRATOR);
    Erasure erasure = requests.finished(caller.project(), request.getId());
    answer(
        observer,
        GetReceiptResponse.newBuilder()
            .setReceipt(
                Receipt.newBuilder()
                    .setContent(ByteString.copyFromUtf8(erasure.receipt()))
                    .setSignature(
                        ByteString.copyFrom(Base64.getDecoder().decode(erasure.signature())))
                    .setKeyId(requests.receipts().keyId()))
            .build());
  }

  @Override
  public void getReceiptKey(
      GetReceiptKeyRequest request, StreamObserver<GetReceiptKeyResponse> observer) {
    CallerContext.requiring(Role.ADMINISTRATOR);
    if (!requests.receipts().hasKey()) {
      throw Failure.of(Reason.FAILED_PRECONDITION, "There is no key to sign receipts with");
    }
    answer(
        observer,
        GetReceiptKeyResponse.newBuilder()
            .setKeyId(requests.receipts().keyId())
            .setPublicKey(requests.receipts().publicKey())
            .build());
  }

  private static io.tenure.proto.erasure.v1.Erasure write(Erasure erasure) {
    return io.tenure.proto.erasure.v1.Erasure.newBuilder()
        .setId(erasure.id())
        .setState(State.valueOf("STATE_" + erasure.stage()))
        .setCreateTime(Timestamps.fromMillis(erasure.createTime().toEpochMilli()))
        .setUpdateTime(Timestamps.fromMillis(erasure.updateTime().toEpochMilli()))
        .setAuthor(erasure.author())
        .putAllCounts(erasure.counts())
        .setWaitingReason(erasure.waitingReason())
        .build();
  }

  private static <T> void answer(StreamObserver<T> observer, T response) {
    observer.onNext(response);
    observer.onCompleted();
  }
}
