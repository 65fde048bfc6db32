package io.tenure.alert;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.tenure.proto.consent.v1.ConsentServiceGrpc;
import io.tenure.proto.consent.v1.FindNotAllowedRequest;
import io.tenure.proto.consent.v1.FindNotAllowedResponse;
import io.tenure.proto.consent.v1.Purpose;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Everybody agrees to everything, but for those who keep what is known about them from others. */
final class ConsentStub extends ConsentServiceGrpc.ConsentServiceImplBase {

  /** Users who do not agree to sharing. */
  final Set<Integer> unsharing = ConcurrentHashMap.newKeySet();

  /** While true nobody answers who agrees to sharing. */
  volatile boolean sharingAway;

  @Override
  public void findNotAllowed(
      FindNotAllowedRequest request, StreamObserver<FindNotAllowedResponse> reply) {
    boolean sharing = request.getPurposesList().contains(Purpose.PURPOSE_SHARING);
    if (sharing && sharingAway) {
      reply.onError(Status.UNAVAILABLE.asRuntimeException());
      return;
    }
    FindNotAllowedResponse.Builder response = FindNotAllowedResponse.newBuilder();
    if (sharing) {
      request.getUserNumbersList().stream()
          .filter(unsharing::contains)
          .forEach(response::addUserNumbers);
    }
    reply.onNext(response.build());
    reply.onCompleted();
  }
}
