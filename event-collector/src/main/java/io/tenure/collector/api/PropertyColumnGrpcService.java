package io.tenure.collector.api;

import com.google.protobuf.util.Timestamps;
import io.grpc.stub.StreamObserver;
import io.tenure.collector.domain.column.ColumnKind;
import io.tenure.collector.domain.column.PropertyColumns;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.Caller.Role;
import io.tenure.proto.event.v1.CreatePropertyColumnRequest;
import io.tenure.proto.event.v1.CreatePropertyColumnResponse;
import io.tenure.proto.event.v1.DeletePropertyColumnRequest;
import io.tenure.proto.event.v1.DeletePropertyColumnResponse;
import io.tenure.proto.event.v1.ListPropertyColumnsRequest;
import io.tenure.proto.event.v1.ListPropertyColumnsResponse;
import io.tenure.proto.event.v1.PropertyColumn;
import io.tenure.proto.event.v1.PropertyColumnServiceGrpc.PropertyColumnServiceImplBase;
import org.springframework.grpc.server.service.GrpcService;

/** Lets administrators choose which properties have columns; the list tells of all projects. */
@GrpcService
public final class PropertyColumnGrpcService extends PropertyColumnServiceImplBase {

  private final PropertyColumns columns;

  /** Changes the given columns. */
  public PropertyColumnGrpcService(PropertyColumns columns) {
    this.columns = columns;
  }

  @Override
  public void listPropertyColumns(
      ListPropertyColumnsRequest request, StreamObserver<ListPropertyColumnsResponse> reply) {
    CallerContext.requiring(Role.ADMINISTRATOR);
    ListPropertyColumnsResponse.Builder response = ListPropertyColumnsResponse.newBuilder();
    columns
        .list()
        .forEach(
            stored ->
                response.addColumns(
                    message(stored.column())
                        .setStoredEvents(stored.storedRows())
                        .setEvents(stored.rows())));
    reply.onNext(response.build());
    reply.onCompleted();
  }

  @Override
  public void createPropertyColumn(
      CreatePropertyColumnRequest request, StreamObserver<CreatePropertyColumnResponse> reply) {
    Caller caller = CallerContext.requiring(Role.ADMINISTRATOR);
    reply.onNext(
        CreatePropertyColumnResponse.newBuilder()
            .setColumn(
                message(
                    columns.promote(
                        request.getProperty(), kind(request.getKind()), caller.subject())))
            .build());
    reply.onCompleted();
  }

  @Override
  public void deletePropertyColumn(
      DeletePropertyColumnRequest request, StreamObserver<DeletePropertyColumnResponse> reply) {
    Caller caller = CallerContext.requiring(Role.ADMINISTRATOR);
    reply.onNext(
        DeletePropertyColumnResponse.newBuilder()
            .setColumn(message(columns.demote(request.getNumber(), caller.subject())))
            .build());
    reply.onCompleted();
  }

  private static ColumnKind kind(PropertyColumn.Kind kind) {
    return switch (kind) {
      case KIND_UNSPECIFIED, KIND_CHOICE -> ColumnKind.CHOICE;
      case KIND_TEXT -> ColumnKind.TEXT;
      case KIND_NUMBER -> ColumnKind.NUMBER;
      case UNRECOGNIZED -> throw Failure.invalid("kind", "is none this version knows");
    };
  }

  private static PropertyColumn.Builder message(
      io.tenure.collector.domain.column.PropertyColumn column) {
    return PropertyColumn.newBuilder()
        .setNumber(column.number())
        .setProperty(column.property())
        .setKind(
            switch (column.kind()) {
              case TEXT -> PropertyColumn.Kind.KIND_TEXT;
              case CHOICE -> PropertyColumn.Kind.KIND_CHOICE;
              case NUMBER -> PropertyColumn.Kind.KIND_NUMBER;
            })
        .setState(
            switch (column.state()) {
              case ADDING -> PropertyColumn.State.STATE_ADDING;
              case ACTIVE -> PropertyColumn.State.STATE_ACTIVE;
              case RETIRED -> PropertyColumn.State.STATE_RETIRED;
              case DROPPED -> PropertyColumn.State.STATE_UNSPECIFIED;
            })
        .setAuthor(column.author())
        .setUpdateTime(Timestamps.fromMillis(column.time().toEpochMilli()));
  }
}
