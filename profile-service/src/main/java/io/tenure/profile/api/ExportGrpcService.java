package io.tenure.profile.api;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.Timestamps;
import io.grpc.stub.StreamObserver;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.rpc.PacedStream;
import io.tenure.platform.rpc.PageRequest;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.Caller.Role;
import io.tenure.profile.domain.export.Export;
import io.tenure.profile.domain.export.PersonExports;
import io.tenure.proto.export.v1.ExportPersonRequest;
import io.tenure.proto.export.v1.ExportPersonResponse;
import io.tenure.proto.export.v1.ExportServiceGrpc.ExportServiceImplBase;
import io.tenure.proto.export.v1.ListExportsRequest;
import io.tenure.proto.export.v1.ListExportsResponse;
import io.tenure.proto.export.v1.State;
import java.time.Duration;
import java.util.List;
import org.springframework.grpc.server.service.GrpcService;

/** The door to exports of people, for administrators only. */
@GrpcService
public class ExportGrpcService extends ExportServiceImplBase {

  private static final int STANDARD_PAGE = 100;
  private static final int LARGEST_PAGE = 1_000;

  private final PersonExports exports;
  private final Duration patience;

  /**
   * A door to the given use case.
   *
   * @param patience how long a reader may take for one part of a document
   */
  public ExportGrpcService(PersonExports exports, Duration patience) {
    this.exports = exports;
    this.patience = patience;
  }

  /** Runs on the call's own virtual thread, which may wait. */
  @Override
  public void exportPerson(
      ExportPersonRequest request, StreamObserver<ExportPersonResponse> observer) {
    Caller caller = CallerContext.requiring(Role.ADMINISTRATOR);
    RequestChecks.checkId("user_id", request.getUserId());
    PacedStream<ExportPersonResponse> stream = new PacedStream<>(observer, patience);
    exports.write(
        caller,
        request.getUserId(),
        bytes ->
            stream.send(
                ExportPersonResponse.newBuilder().setContent(ByteString.copyFrom(bytes)).build()));
    stream.end();
  }

  @Override
  public void listExports(
      ListExportsRequest request, StreamObserver<ListExportsResponse> observer) {
    Caller caller = CallerContext.requiring(Role.ADMINISTRATOR);
    PageRequest page = PageRequest.of(request, STANDARD_PAGE, LARGEST_PAGE);
    List<Export> found = exports.list(caller.project(), page.after(), page.oneMore());
    ListExportsResponse.Builder response = ListExportsResponse.newBuilder();
    response.setNextPageToken(page.fill(found, Export::id, one -> response.addExports(write(one))));
    observer.onNext(response.build());
    observer.onCompleted();
  }

  private static io.tenure.proto.export.v1.Export write(Export export) {
    io.tenure.proto.export.v1.Export.Builder message =
        io.tenure.proto.export.v1.Export.newBuilder()
            .setId(export.id())
            .setState(State.valueOf("STATE_" + export.state()))
            .setCreateTime(Timestamps.fromMillis(export.createTime().toEpochMilli()))
            .setAuthor(export.author())
            .putAllCounts(export.counts())
            .setSize(export.size());
    export.userNumbers().forEach(number -> message.addUserNumbers(number.intValue()));
    if (export.state() != Export.State.RUNNING) {
      message.setEndTime(Timestamps.fromMillis(export.updateTime().toEpochMilli()));
    }
    return message.build();
  }
}
