package io.tenure.profile.client;

import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.rpc.FailureStatus;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.squash.StoredNumbers;
import io.tenure.proto.profile.v1.CountStoredNumbersRequest;
import io.tenure.proto.profile.v1.FinalNumbers;
import io.tenure.proto.profile.v1.RewriteStoredNumbersRequest;
import io.tenure.proto.profile.v1.StoredNumberServiceGrpc;
import io.tenure.proto.profile.v1.StoredNumberServiceGrpc.StoredNumberServiceBlockingStub;
import java.util.Map;
import java.util.function.Supplier;

/** The numbers in the collector's event store. */
public final class RemoteStoredNumbers implements StoredNumbers {

  private final StoredNumberServiceBlockingStub service;

  /** The store behind a channel. */
  public RemoteStoredNumbers(Channel channel) {
    this.service = StoredNumberServiceGrpc.newBlockingStub(channel);
  }

  @Override
  public Map<String, Long> count(ProjectId project, Map<Long, Long> numbers) {
    CountStoredNumbersRequest request =
        CountStoredNumbersRequest.newBuilder().setNumbers(write(project, numbers)).build();
    return asked(project, () -> service.countStoredNumbers(request)).getRowsMap();
  }

  @Override
  public long rewrite(ProjectId project, Map<Long, Long> numbers, String partition) {
    RewriteStoredNumbersRequest request =
        RewriteStoredNumbersRequest.newBuilder()
            .setNumbers(write(project, numbers))
            .setPartition(partition)
            .build();
    return asked(project, () -> service.rewriteStoredNumbers(request)).getRowsLeft();
  }

  private static FinalNumbers write(ProjectId project, Map<Long, Long> numbers) {
    FinalNumbers.Builder message = FinalNumbers.newBuilder().setProjectId(project.value());
    numbers.forEach(
        (before, now) -> message.addOldNumbers(before.intValue()).addNewNumbers(now.intValue()));
    return message.build();
  }

  private static <T> T asked(ProjectId project, Supplier<T> call) {
    try {
      return CallerContext.as(Caller.service(project, "profile-service"), call::get);
    } catch (StatusRuntimeException exception) {
      throw FailureStatus.fromStatus(exception);
    }
  }
}
