package io.tenure.profile.api;

import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.MeterRegistry;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.Caller.Role;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.ProfileDirectory;
import io.tenure.profile.domain.Projector;
import io.tenure.profile.domain.Projector.Outcome;
import io.tenure.proto.profile.v1.ApplyRequest;
import io.tenure.proto.profile.v1.ApplyResponse;
import io.tenure.proto.profile.v1.BatchGetProfilesRequest;
import io.tenure.proto.profile.v1.BatchGetProfilesResponse;
import io.tenure.proto.profile.v1.GetProfileRequest;
import io.tenure.proto.profile.v1.GetProfileResponse;
import io.tenure.proto.profile.v1.Profile;
import io.tenure.proto.profile.v1.ProfileServiceGrpc.ProfileServiceImplBase;
import java.util.List;
import java.util.Optional;
import org.springframework.grpc.server.service.GrpcService;

/** The door: checks a request, asks the domain, writes the answer. */
@GrpcService
public class ProfileGrpcService extends ProfileServiceImplBase {

  private final ProfileDirectory directory;
  private final Projector projector;
  private final MeterRegistry meters;

  /** A door to the given use cases. */
  public ProfileGrpcService(ProfileDirectory directory, Projector projector, MeterRegistry meters) {
    this.directory = directory;
    this.projector = projector;
    this.meters = meters;
  }

  @Override
  public void getProfile(GetProfileRequest request, StreamObserver<GetProfileResponse> observer) {
    ProjectId project = reader();
    RequestChecks.check(request);
    Profile profile =
        directory.find(project, List.of(request.getId())).stream()
            .flatMap(Optional::stream)
            .findFirst()
            .map(ProfileMessages::write)
            .orElseThrow(() -> Failure.notFound("profile", request.getId()));
    observer.onNext(GetProfileResponse.newBuilder().setProfile(profile).build());
    observer.onCompleted();
  }

  @Override
  public void batchGetProfiles(
      BatchGetProfilesRequest request, StreamObserver<BatchGetProfilesResponse> observer) {
    ProjectId project = reader();
    RequestChecks.check(request);
    BatchGetProfilesResponse.Builder response = BatchGetProfilesResponse.newBuilder();
    directory.find(project, request.getIdsList()).stream()
        .flatMap(Optional::stream)
        .map(ProfileMessages::write)
        .forEach(response::addProfiles);
    observer.onNext(response.build());
    observer.onCompleted();
  }

  @Override
  public void apply(ApplyRequest request, StreamObserver<ApplyResponse> observer) {
    RequestChecks.check(request);
    Outcome outcome =
        projector.apply(
            request.getLogId(),
            request.getRecordsList().stream().map(ProfileMessages::read).toList());
    ProfileTelemetry.count(meters, outcome);
    ApplyResponse.Builder response = ApplyResponse.newBuilder();
    outcome.userNumbers().forEach(number -> response.addUserNumbers(number.intValue()));
    observer.onNext(response.build());
    observer.onCompleted();
  }

  /** Write keys live in apps and are public, so they must not read what is known about people. */
  private static ProjectId reader() {
    Caller caller = CallerContext.current();
    if (caller.role() == Role.WRITER) {
      throw Failure.of(Reason.PERMISSION_DENIED, "A write key does not read profiles");
    }
    return caller.project();
  }
}
