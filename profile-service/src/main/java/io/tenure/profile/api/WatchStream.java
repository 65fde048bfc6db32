package io.tenure.profile.api;

import io.grpc.stub.ServerCallStreamObserver;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.tenancy.Caller;
import io.tenure.profile.domain.Profile;
import io.tenure.profile.domain.visibility.Viewing;
import io.tenure.profile.domain.visibility.Visibility;
import io.tenure.profile.domain.watch.ProfileWatch;
import io.tenure.proto.profile.v1.WatchProfilesResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * One caller's stream of changed profiles. It holds one message at a time and asks for changes only
 * when the caller has taken the last one, so a slow caller costs no memory, and a stuck one is sent
 * away.
 */
final class WatchStream {

  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration LOOK = Duration.ofMillis(10);
  private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(15);
  private static final int PROFILES_PER_MESSAGE = 100;

  private final ProfileWatch watch;
  private final Viewing viewing;
  private final Caller caller;
  private final ServerCallStreamObserver<WatchProfilesResponse> observer;
  private final Duration patience;
  private final BooleanSupplier stopping;

  /**
   * A stream to a caller.
   *
   * @param patience how long the caller may take for one message
   * @param stopping whether the service goes away
   */
  WatchStream(
      ProfileWatch watch,
      Viewing viewing,
      Caller caller,
      ServerCallStreamObserver<WatchProfilesResponse> observer,
      Duration patience,
      BooleanSupplier stopping) {
    this.watch = watch;
    this.viewing = viewing;
    this.caller = caller;
    this.observer = observer;
    this.patience = patience;
    this.stopping = stopping;
  }

  /** Follows the changes until the caller leaves; what ends it otherwise is a failure. */
  void run(String token) {
    String place = token.isEmpty() ? watch.end(caller.project()) : token;
    boolean first = true;
    long lastSent = System.nanoTime();
    while (!observer.isCancelled()) {
      if (stopping.getAsBoolean()) {
        throw Failure.unavailable("The service restarts; go on with the token", POLL);
      }
      ProfileWatch.Step step = watch.next(caller.project(), place);
      boolean told = !step.next().equals(place);
      if (told || first || System.nanoTime() - lastSent > SIGN_OF_LIFE.toNanos()) {
        send(step, place);
        lastSent = System.nanoTime();
        first = false;
      }
      place = step.next();
      if (!told) {
        LockSupport.parkNanos(POLL.toNanos());
      }
    }
  }

  /** Only the last message of a step moves the token, so that none of its profiles is missed. */
  private void send(ProfileWatch.Step step, String place) {
    Visibility visibility = viewing.of(caller);
    List<Profile> profiles = step.profiles();
    int start = 0;
    do {
      int end = Math.min(start + PROFILES_PER_MESSAGE, profiles.size());
      WatchProfilesResponse.Builder message =
          WatchProfilesResponse.newBuilder()
              .setResumeToken(end == profiles.size() ? step.next() : place);
      profiles
          .subList(start, end)
          .forEach(profile -> message.addProfiles(ProfileMessages.write(profile, visibility)));
      awaitReady();
      observer.onNext(message.build());
      start = end;
    } while (start < profiles.size());
  }

  private void awaitReady() {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!observer.isReady() && !observer.isCancelled()) {
      if (System.nanoTime() > deadline) {
        throw Failure.of(
            Reason.RESOURCE_EXHAUSTED, "The changes are read too slowly; go on with the token");
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }
}
