package io.tenure.alert;

import io.grpc.stub.StreamObserver;
import io.tenure.proto.profile.v1.BatchGetProfilesRequest;
import io.tenure.proto.profile.v1.BatchGetProfilesResponse;
import io.tenure.proto.profile.v1.Profile;
import io.tenure.proto.profile.v1.ProfileServiceGrpc;

/** A profile service in which user 7 is called user-7. */
final class ProfileStub extends ProfileServiceGrpc.ProfileServiceImplBase {

  @Override
  public void batchGetProfiles(
      BatchGetProfilesRequest request, StreamObserver<BatchGetProfilesResponse> reply) {
    BatchGetProfilesResponse.Builder response = BatchGetProfilesResponse.newBuilder();
    for (String id : request.getIdsList()) {
      int user = Integer.parseInt(id.substring("user_number:".length()));
      response.addProfiles(Profile.newBuilder().setUserNumber(user).setLoginId("user-" + user));
    }
    reply.onNext(response.build());
    reply.onCompleted();
  }
}
