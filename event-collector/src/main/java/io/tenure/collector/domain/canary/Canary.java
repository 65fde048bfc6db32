package io.tenure.collector.domain.canary;

import io.tenure.collector.domain.canary.CanaryRun.Result;
import io.tenure.platform.failure.Failure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Sends an event through a door and waits until it can be seen: the one measurement that covers the
 * whole way, whatever part of it fails.
 */
public final class Canary {

  private static final Duration PAUSE = Duration.ofMillis(200);

  private final CanaryDoor door;
  private final CanarySight sight;
  private final CanarySeal seal;
  private final Clock clock;
  private final Duration patience;
  private volatile CanaryState state = CanaryState.NONE;

  /**
   * A canary.
   *
   * @param patience how long one is looked for
   */
  public Canary(
      CanaryDoor door, CanarySight sight, CanarySeal seal, Clock clock, Duration patience) {
    this.door = door;
    this.sight = sight;
    this.seal = seal;
    this.clock = clock;
    this.patience = patience;
  }

  /** How canaries fared. */
  public CanaryState state() {
    return state;
  }

  /** Sends one and waits for it; a failure of whatever is on its way is the result. */
  public synchronized CanaryRun run() throws InterruptedException {
    CanaryEvent event =
        new CanaryEvent(seal.newId(), clock.instant().truncatedTo(ChronoUnit.MILLIS));
    CanaryRun run = send(event);
    state = state.after(run);
    return run;
  }

  private CanaryRun send(CanaryEvent event) throws InterruptedException {
    try {
      door.send(event);
    } catch (Failure failure) {
      return new CanaryRun(event, Result.NOT_TAKEN, since(event.time()), failure.text());
    }
    return await(event);
  }

  private CanaryRun await(CanaryEvent event) throws InterruptedException {
    String trouble = "";
    while (true) {
      try {
        if (sight.sees(event)) {
          return new CanaryRun(event, Result.FOUND, since(event.time()), "");
        }
        trouble = "It is not in the event store";
      } catch (Failure failure) {
        trouble = failure.text();
      }
      if (since(event.time()).compareTo(patience) >= 0) {
        return new CanaryRun(event, Result.NOT_FOUND, since(event.time()), trouble);
      }
      Thread.sleep(PAUSE);
    }
  }

  private Duration since(Instant time) {
    return Duration.between(time, clock.instant());
  }
}
