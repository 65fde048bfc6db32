package io.tenure.collector.api;

import io.grpc.stub.StreamObserver;
import io.tenure.collector.domain.merge.StoredNumbers;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.tenancy.Caller.Role;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.proto.profile.v1.CountStoredNumbersRequest;
import io.tenure.proto.profile.v1.CountStoredNumbersResponse;
import io.tenure.proto.profile.v1.FinalNumbers;
import io.tenure.proto.profile.v1.RewriteStoredNumbersRequest;
import io.tenure.proto.profile.v1.RewriteStoredNumbersResponse;
import io.tenure.proto.profile.v1.StoredNumberServiceGrpc.StoredNumberServiceImplBase;
import java.util.HashMap;
import java.util.Map;
import org.springframework.grpc.server.service.GrpcService;

/** The door for profile-service, which leads squashes. The gateway does not open it. */
@GrpcService
public final class StoredNumberGrpcService extends StoredNumberServiceImplBase {

  private final StoredNumbers stored;

  /** A door to the numbers in the event store. */
  public StoredNumberGrpcService(StoredNumbers stored) {
    this.stored = stored;
  }

  @Override
  public void countStoredNumbers(
      CountStoredNumbersRequest request, StreamObserver<CountStoredNumbersResponse> observer) {
    CallerContext.requiring(Role.ADMINISTRATOR);
    observer.onNext(
        CountStoredNumbersResponse.newBuilder()
            .putAllRows(stored.count(read(request.getNumbers())))
            .build());
    observer.onCompleted();
  }

  @Override
  public void rewriteStoredNumbers(
      RewriteStoredNumbersRequest request, StreamObserver<RewriteStoredNumbersResponse> observer) {
    CallerContext.requiring(Role.ADMINISTRATOR);
    observer.onNext(
        RewriteStoredNumbersResponse.newBuilder()
            .setRowsLeft(stored.rewrite(read(request.getNumbers()), request.getPartition()))
            .build());
    observer.onCompleted();
  }

  private static io.tenure.collector.domain.merge.FinalNumbers read(FinalNumbers message) {
    if (!ProjectId.isValid(message.getProjectId())
        || message.getOldNumbersCount() != message.getNewNumbersCount()) {
      throw Failure.invalid("numbers", "needs a project, and a new number for each old one");
    }
    Map<Long, Long> numbers = new HashMap<>();
    for (int i = 0; i < message.getOldNumbersCount(); i++) {
      numbers.put(
          Integer.toUnsignedLong(message.getOldNumbers(i)),
          Integer.toUnsignedLong(message.getNewNumbers(i)));
    }
    return new io.tenure.collector.domain.merge.FinalNumbers(
        new ProjectId(message.getProjectId()), numbers);
  }
}
