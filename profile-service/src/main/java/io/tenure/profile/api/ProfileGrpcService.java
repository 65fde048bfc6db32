package io.tenure.profile.api;

import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.MeterRegistry;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.ProfileDirectory;
import io.tenure.profile.domain.computed.LiveTraits;
import io.tenure.profile.domain.consent.ConsentGate.Outcome;
import io.tenure.profile.domain.history.PastProfiles;
import io.tenure.profile.domain.retention.RetentionGate;
import io.tenure.profile.domain.visibility.Viewing;
import io.tenure.profile.domain.visibility.Visibility;
import io.tenure.proto.profile.v1.ApplyRequest;
import io.tenure.proto.profile.v1.ApplyResponse;
import io.tenure.proto.profile.v1.BatchGetProfilesRequest;
import io.tenure.proto.profile.v1.BatchGetProfilesResponse;
import io.tenure.proto.profile.v1.GetProfileRequest;
import io.tenure.proto.profile.v1.GetProfileResponse;
import io.tenure.proto.profile.v1.Profile;
import io.tenure.proto.profile.v1.ProfileServiceGrpc.ProfileServiceImplBase;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.grpc.server.service.GrpcService;

/** The door: checks a request, asks the domain, writes the answer. */
@GrpcService
public class ProfileGrpcService extends ProfileServiceImplBase {

  private final ProfileDirectory directory;
  private final RetentionGate gate;
  private final PastProfiles past;
  private final LiveTraits live;
  private final Viewing viewing;
  private final MeterRegistry meters;
  private final Clock clock;

  /** A door to the given use cases. */
  public ProfileGrpcService(
      ProfileDirectory directory,
      RetentionGate gate,
      PastProfiles past,
      LiveTraits live,
      Viewing viewing,
      MeterRegistry meters,
      Clock clock) {
    this.directory = directory;
    this.gate = gate;
    this.past = past;
    this.live = live;
    this.viewing = viewing;
    this.meters = meters;
    this.clock = clock;
  }

  @Override
  public void getProfile(GetProfileRequest request, StreamObserver<GetProfileResponse> observer) {
    Caller caller = Readers.current();
    RequestChecks.check(request);
    Visibility visibility = viewing.of(caller);
    Profile profile =
        find(caller.project(), request)
            .map(found -> ProfileMessages.write(found, visibility, request.getView()))
            .orElseThrow(() -> Failure.notFound("profile", request.getId()));
    observer.onNext(GetProfileResponse.newBuilder().setProfile(profile).build());
    observer.onCompleted();
  }

  @Override
  public void batchGetProfiles(
      BatchGetProfilesRequest request, StreamObserver<BatchGetProfilesResponse> observer) {
    Caller caller = Readers.current();
    RequestChecks.check(request);
    Visibility visibility = viewing.of(caller);
    BatchGetProfilesResponse.Builder response = BatchGetProfilesResponse.newBuilder();
    directory.find(caller.project(), request.getIdsList()).stream()
        .flatMap(Optional::stream)
        .map(live::asOfNow)
        .map(found -> ProfileMessages.write(found, visibility, request.getView()))
        .forEach(response::addProfiles);
    observer.onNext(response.build());
    observer.onCompleted();
  }

  @Override
  public void apply(ApplyRequest request, StreamObserver<ApplyResponse> observer) {
    RequestChecks.check(request);
    Instant now = clock.instant();
    Outcome outcome =
        gate.apply(
            request.getLogId(),
            request.getRecordsList().stream()
                .map(record -> ProfileMessages.read(record, now))
                .toList());
    ProfileTelemetry.count(meters, outcome);
    ApplyResponse.Builder response = ApplyResponse.newBuilder();
    outcome.userNumbers().forEach(number -> response.addUserNumbers(number.intValue()));
    observer.onNext(response.build());
    observer.onCompleted();
  }

  private Optional<io.tenure.profile.domain.Profile> find(
      ProjectId project, GetProfileRequest request) {
    return request.hasAsOfTime()
        ? past.find(project, request.getId(), Times.read("as_of_time", request.getAsOfTime()))
        : directory.find(project, List.of(request.getId())).getFirst().map(live::asOfNow);
  }
}
