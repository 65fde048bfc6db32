package io.tenure.profile.api;

import io.grpc.stub.StreamObserver;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.Caller.Role;
import io.tenure.profile.domain.seal.KeyRotation;
import io.tenure.profile.domain.seal.SealedNames;
import io.tenure.proto.profile.v1.GetSealingRequest;
import io.tenure.proto.profile.v1.GetSealingResponse;
import io.tenure.proto.profile.v1.MasterKeyUse;
import io.tenure.proto.profile.v1.SealingServiceGrpc.SealingServiceImplBase;
import java.util.TreeSet;
import org.springframework.grpc.server.service.GrpcService;

/** The door to how personal traits are sealed. */
@GrpcService
public class SealingGrpcService extends SealingServiceImplBase {

  private final KeyRotation rotation;
  private final SealedNames names;

  /** A door to the given use cases. */
  public SealingGrpcService(KeyRotation rotation, SealedNames names) {
    this.rotation = rotation;
    this.names = names;
  }

  @Override
  public void getSealing(GetSealingRequest request, StreamObserver<GetSealingResponse> observer) {
    Caller caller = CallerContext.requiring(Role.ADMINISTRATOR);
    KeyRotation.State state = rotation.state(caller.project());
    GetSealingResponse.Builder response =
        GetSealingResponse.newBuilder()
            .setActiveMasterKey(state.active())
            .addAllSealedTraits(new TreeSet<>(names.of(caller.project())));
    state
        .wraps()
        .forEach(
            (master, keys) ->
                response.addMasterKeys(
                    MasterKeyUse.newBuilder()
                        .setName(master)
                        .setSubjectKeyCount(keys)
                        .setRemovable(state.removable().contains(master))));
    observer.onNext(response.build());
    observer.onCompleted();
  }
}
