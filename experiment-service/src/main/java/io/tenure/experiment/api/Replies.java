package io.tenure.experiment.api;

import io.grpc.stub.StreamObserver;

/** Ends calls that have one answer. */
final class Replies {

  static final int DEFAULT_PAGE = 100;
  static final int LARGEST_PAGE = 1_000;

  private Replies() {}

  static <T> void reply(StreamObserver<T> observer, T message) {
    observer.onNext(message);
    observer.onCompleted();
  }
}
