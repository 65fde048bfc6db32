package io.tenure.collector.domain.canary;

import io.tenure.collector.domain.canary.CanaryRun.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How canaries fared since the process started.
 *
 * @param runs how many were sent
 * @param failures how many were not found in time
 * @param lastSuccessTime when one was last found; null before the first time
 * @param lastDelay how long that one was under way
 * @param history the last runs, the newest first
 */
public record CanaryState(
    long runs,
    long failures,
    @Nullable Instant lastSuccessTime,
    Duration lastDelay,
    List<CanaryRun> history) {

  /** How many runs the history keeps. */
  public static final int KEPT = 100;

  /** Before the first run. */
  public static final CanaryState NONE = new CanaryState(0, 0, null, Duration.ZERO, List.of());

  CanaryState after(CanaryRun run) {
    boolean found = run.result() == Result.FOUND;
    return new CanaryState(
        runs + 1,
        failures + (found ? 0 : 1),
        found ? run.event().time().plus(run.delay()) : lastSuccessTime,
        found ? run.delay() : lastDelay,
        Stream.concat(Stream.of(run), history.stream()).limit(KEPT).toList());
  }
}
