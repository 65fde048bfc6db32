package io.tenure.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.Caller.Role;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.proto.event.v1.CreatePropertyColumnRequest;
import io.tenure.proto.event.v1.DeletePropertyColumnRequest;
import io.tenure.proto.event.v1.ListPropertyColumnsRequest;
import io.tenure.proto.event.v1.ListPropertyColumnsResponse;
import io.tenure.proto.event.v1.PropertyColumn;
import io.tenure.proto.event.v1.PropertyColumnServiceGrpc;
import io.tenure.proto.event.v1.PropertyColumnServiceGrpc.PropertyColumnServiceBlockingStub;
import java.nio.file.Path;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Columns of properties as an administrator gives and takes them. */
final class PropertyColumnDoorTest {

  @TempDir private Path directory;

  @Test
  void givesAndTakesColumns() {
    try (CollectorFixture collector = new CollectorFixture(directory)) {
      PropertyColumn made =
          as(
              collector,
              Role.ADMINISTRATOR,
              stub ->
                  stub.createPropertyColumn(
                          CreatePropertyColumnRequest.newBuilder()
                              .setProperty("amount")
                              .setKind(PropertyColumn.Kind.KIND_NUMBER)
                              .build())
                      .getColumn());
      assertThat(made.getState()).isEqualTo(PropertyColumn.State.STATE_ACTIVE);
      assertThat(made.getAuthor()).isEqualTo("person:test");
      assertThat(list(collector).getColumnsList())
          .singleElement()
          .satisfies(column -> assertThat(column.getProperty()).isEqualTo("amount"));
      PropertyColumn taken =
          as(
              collector,
              Role.ADMINISTRATOR,
              stub ->
                  stub.deletePropertyColumn(
                          DeletePropertyColumnRequest.newBuilder()
                              .setNumber(made.getNumber())
                              .build())
                      .getColumn());
      assertThat(taken.getState()).isEqualTo(PropertyColumn.State.STATE_RETIRED);
      assertThatThrownBy(
              () ->
                  as(
                      collector,
                      Role.EDITOR,
                      stub ->
                          stub.createPropertyColumn(
                              CreatePropertyColumnRequest.newBuilder().setProperty("b").build())))
          .isInstanceOfSatisfying(
              StatusRuntimeException.class,
              failure ->
                  assertThat(failure.getStatus().getCode())
                      .isEqualTo(Status.Code.PERMISSION_DENIED));
    }
  }

  private static ListPropertyColumnsResponse list(CollectorFixture collector) {
    return as(
        collector,
        Role.ADMINISTRATOR,
        stub -> stub.listPropertyColumns(ListPropertyColumnsRequest.getDefaultInstance()));
  }

  private static <T> T as(
      CollectorFixture collector, Role role, Function<PropertyColumnServiceBlockingStub, T> call) {
    return CallerContext.as(
        new Caller(new ProjectId("bank"), "person:test", role),
        () -> call.apply(PropertyColumnServiceGrpc.newBlockingStub(collector.channel())));
  }
}
