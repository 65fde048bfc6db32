package io.tenure.alert;

import io.grpc.stub.StreamObserver;
import io.tenure.proto.consent.v1.ConsentServiceGrpc;
import io.tenure.proto.consent.v1.FindNotAllowedRequest;
import io.tenure.proto.consent.v1.FindNotAllowedResponse;

/** Everybody agrees. */
final class ConsentStub extends ConsentServiceGrpc.ConsentServiceImplBase {

  @Override
  public void findNotAllowed(
      FindNotAllowedRequest request, StreamObserver<FindNotAllowedResponse> reply) {
    reply.onNext(FindNotAllowedResponse.getDefaultInstance());
    reply.onCompleted();
  }
}
