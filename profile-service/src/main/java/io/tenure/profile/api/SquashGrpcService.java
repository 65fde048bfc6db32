package io.tenure.profile.api;

import com.google.protobuf.util.Timestamps;
import io.grpc.stub.StreamObserver;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.rpc.PageRequest;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.Caller.Role;
import io.tenure.profile.domain.squash.Squash;
import io.tenure.profile.domain.squash.Squasher;
import io.tenure.proto.profile.v1.CancelSquashRequest;
import io.tenure.proto.profile.v1.CancelSquashResponse;
import io.tenure.proto.profile.v1.GetSquashRequest;
import io.tenure.proto.profile.v1.GetSquashResponse;
import io.tenure.proto.profile.v1.ListSquashesRequest;
import io.tenure.proto.profile.v1.ListSquashesResponse;
import io.tenure.proto.profile.v1.PreviewSquashRequest;
import io.tenure.proto.profile.v1.PreviewSquashResponse;
import io.tenure.proto.profile.v1.SquashPartition;
import io.tenure.proto.profile.v1.SquashPreview;
import io.tenure.proto.profile.v1.SquashServiceGrpc.SquashServiceImplBase;
import io.tenure.proto.profile.v1.StartSquashRequest;
import io.tenure.proto.profile.v1.StartSquashResponse;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.springframework.grpc.server.service.GrpcService;

/** The door to squashes, for administrators only. */
@GrpcService
public class SquashGrpcService extends SquashServiceImplBase {

  private static final int STANDARD_PAGE = 100;
  private static final int LARGEST_PAGE = 1_000;

  private final Squasher squasher;

  /** A door to the given use case. */
  public SquashGrpcService(Squasher squasher) {
    this.squasher = squasher;
  }

  @Override
  public void previewSquash(
      PreviewSquashRequest request, StreamObserver<PreviewSquashResponse> observer) {
    Squasher.Preview preview =
        squasher.preview(CallerContext.requiring(Role.ADMINISTRATOR).project());
    SquashPreview.Builder message = SquashPreview.newBuilder().setMergeCount(preview.merges());
    new TreeMap<>(preview.rows())
        .forEach(
            (name, rows) ->
                message.addPartitions(SquashPartition.newBuilder().setName(name).setRows(rows)));
    message.setRowCount(preview.rows().values().stream().mapToLong(Long::longValue).sum());
    answer(observer, PreviewSquashResponse.newBuilder().setPreview(message).build());
  }

  @Override
  public void startSquash(
      StartSquashRequest request, StreamObserver<StartSquashResponse> observer) {
    Caller caller = CallerContext.requiring(Role.ADMINISTRATOR);
    Squash squash = squasher.start(caller.project(), caller.subject());
    answer(observer, StartSquashResponse.newBuilder().setSquash(write(squash)).build());
  }

  @Override
  public void cancelSquash(
      CancelSquashRequest request, StreamObserver<CancelSquashResponse> observer) {
    Caller caller = CallerContext.requiring(Role.ADMINISTRATOR);
    Squash squash = squasher.cancel(caller.project(), request.getId(), caller.subject());
    answer(observer, CancelSquashResponse.newBuilder().setSquash(write(squash)).build());
  }

  @Override
  public void getSquash(GetSquashRequest request, StreamObserver<GetSquashResponse> observer) {
    Squash squash =
        squasher.get(CallerContext.requiring(Role.ADMINISTRATOR).project(), request.getId());
    answer(observer, GetSquashResponse.newBuilder().setSquash(write(squash)).build());
  }

  @Override
  public void listSquashes(
      ListSquashesRequest request, StreamObserver<ListSquashesResponse> observer) {
    Caller caller = CallerContext.requiring(Role.ADMINISTRATOR);
    PageRequest page = PageRequest.of(request, STANDARD_PAGE, LARGEST_PAGE);
    List<Squash> found = squasher.list(caller.project(), page.after(), page.oneMore());
    ListSquashesResponse.Builder response = ListSquashesResponse.newBuilder();
    response.setNextPageToken(
        page.fill(found, Squash::id, one -> response.addSquashes(write(one))));
    answer(observer, response.build());
  }

  private static io.tenure.proto.profile.v1.Squash write(Squash squash) {
    io.tenure.proto.profile.v1.Squash.Builder message =
        io.tenure.proto.profile.v1.Squash.newBuilder()
            .setId(squash.id())
            .setState(io.tenure.proto.profile.v1.Squash.State.valueOf("STATE_" + squash.state()))
            .setAuthor(squash.author())
            .setMergeCount(squash.merges())
            .setRowsMoved(squash.rowsMoved())
            .setCreateTime(timestamp(squash.createTime()))
            .setUpdateTime(timestamp(squash.updateTime()))
            .setCancelAuthor(squash.endAuthor());
    squash
        .parts()
        .forEach(
            part ->
                message.addPartitions(
                    SquashPartition.newBuilder()
                        .setName(part.name())
                        .setRows(part.rows())
                        .setDone(part.done())));
    return message.build();
  }

  private static com.google.protobuf.Timestamp timestamp(Instant time) {
    return Timestamps.fromMillis(time.toEpochMilli());
  }

  private static <T> void answer(StreamObserver<T> observer, T response) {
    observer.onNext(response);
    observer.onCompleted();
  }
}
