package io.tenure.profile.api;

import io.grpc.stub.ServerCallStreamObserver;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.tenancy.Caller;
import io.tenure.profile.domain.visibility.Viewing;
import io.tenure.profile.domain.watch.ProfileWatch;
import io.tenure.proto.profile.v1.WatchProfilesResponse;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/** The open streams of changed profiles; a bounded number, and all end before the service does. */
public final class Watchers {

  private final ProfileWatch watch;
  private final Viewing viewing;
  private final Semaphore places;
  private final Duration patience;
  private volatile boolean stopping;

  /**
   * No stream yet.
   *
   * @param most streams at once
   * @param patience how long a caller may take for one message
   */
  public Watchers(ProfileWatch watch, Viewing viewing, int most, Duration patience) {
    this.watch = watch;
    this.viewing = viewing;
    this.places = new Semaphore(most);
    this.patience = patience;
  }

  /** Follows the changes for a caller until it leaves; blocks. */
  void follow(
      Caller caller, String token, ServerCallStreamObserver<WatchProfilesResponse> observer) {
    if (!places.tryAcquire()) {
      throw Failure.of(Reason.RESOURCE_EXHAUSTED, "As many watch already as may");
    }
    try {
      new WatchStream(watch, viewing, caller, observer, patience, () -> stopping).run(token);
    } finally {
      places.release();
    }
  }

  /** Ends all streams; callers go on elsewhere with their tokens. */
  public void stop() {
    stopping = true;
  }
}
