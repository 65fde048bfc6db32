package io.tenure.alert.client;

import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import io.tenure.alert.domain.Consenting;
import io.tenure.alert.domain.UserSet;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.rpc.FailureStatus;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.proto.consent.v1.ConsentServiceGrpc;
import io.tenure.proto.consent.v1.ConsentServiceGrpc.ConsentServiceBlockingStub;
import io.tenure.proto.consent.v1.FindNotAllowedRequest;
import java.util.List;
import java.util.stream.LongStream;

/** Asks the profile service who agrees to what. */
public final class ProfileConsents implements Consenting {

  private static final int MOST_USERS = 10_000;

  private final ConsentServiceBlockingStub consents;

  /** Consents behind this channel. */
  public ProfileConsents(Channel channel) {
    this.consents = ConsentServiceGrpc.newBlockingStub(channel);
  }

  @Override
  public UserSet notAllowed(ProjectId project, Purpose purpose, UserSet users) {
    return UserSet.of(
        users.chunks(MOST_USERS).stream().flatMapToLong(chunk -> ask(project, purpose, chunk)));
  }

  private LongStream ask(ProjectId project, Purpose purpose, UserSet users) {
    FindNotAllowedRequest.Builder request =
        FindNotAllowedRequest.newBuilder().addPurposes(message(purpose));
    users.stream().forEach(user -> request.addUserNumbers((int) user));
    try {
      List<Integer> found =
          CallerContext.as(
              Caller.service(project, "alert-service"),
              () -> consents.findNotAllowed(request.build()).getUserNumbersList());
      return found.stream().mapToLong(Integer::toUnsignedLong);
    } catch (StatusRuntimeException exception) {
      throw FailureStatus.fromStatus(exception);
    }
  }

  private static io.tenure.proto.consent.v1.Purpose message(Purpose purpose) {
    return switch (purpose) {
      case MARKETING -> io.tenure.proto.consent.v1.Purpose.PURPOSE_MARKETING;
      case SHARING -> io.tenure.proto.consent.v1.Purpose.PURPOSE_SHARING;
    };
  }
}
