package io.tenure.experiment.client;

import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.tenure.experiment.domain.serving.KnownUser;
import io.tenure.experiment.domain.serving.KnownUsers;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.rpc.FailureStatus;
import io.tenure.platform.tenancy.Caller;
import io.tenure.proto.profile.v1.GetProfileRequest;
import io.tenure.proto.profile.v1.Profile;
import io.tenure.proto.profile.v1.ProfileServiceGrpc;
import io.tenure.proto.segment.v1.ListMembershipsRequest;
import io.tenure.proto.segment.v1.SegmentServiceGrpc;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

/** Asks the profile service for traits and the segment service for memberships. */
public final class ServiceKnownUsers implements KnownUsers {

  private final ProfileServiceGrpc.ProfileServiceBlockingStub profiles;
  private final SegmentServiceGrpc.SegmentServiceBlockingStub segments;

  /** Knowledge behind these channels; their deadlines bound how long an evaluation waits. */
  public ServiceKnownUsers(Channel profileService, Channel segmentService) {
    this.profiles = ProfileServiceGrpc.newBlockingStub(profileService);
    this.segments = SegmentServiceGrpc.newBlockingStub(segmentService);
  }

  @Override
  public Optional<KnownUser> find(String id) {
    try {
      GetProfileRequest request = GetProfileRequest.newBuilder().setId(id).build();
      Profile profile = inOwnName(() -> profiles.getProfile(request)).getProfile();
      return Optional.of(
          new KnownUser(
              Integer.toUnsignedLong(profile.getUserNumber()), Values.fields(profile.getTraits())));
    } catch (StatusRuntimeException exception) {
      if (exception.getStatus().getCode() == Status.Code.NOT_FOUND) {
        return Optional.empty();
      }
      throw FailureStatus.fromStatus(exception);
    }
  }

  @Override
  public Set<String> segmentsOf(KnownUser user) {
    ListMembershipsRequest request =
        ListMembershipsRequest.newBuilder().setUserNumber((int) user.number()).build();
    try {
      return Set.copyOf(inOwnName(() -> segments.listMemberships(request)).getSegmentIdsList());
    } catch (StatusRuntimeException exception) {
      throw FailureStatus.fromStatus(exception);
    }
  }

  /**
   * Asks in this service's own name: whoever has a write key may have a flag evaluated by traits
   * and memberships, but may not read them.
   */
  private static <T> T inOwnName(Callable<T> question) {
    Caller self = Caller.service(CallerContext.current().project(), "experiment-service");
    return CallerContext.as(self, question);
  }
}
