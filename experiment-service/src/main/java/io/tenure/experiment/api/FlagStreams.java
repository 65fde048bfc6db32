package io.tenure.experiment.api;

import io.tenure.evaluator.Flag;
import io.tenure.experiment.domain.serving.FlagSnapshots;
import io.tenure.experiment.domain.serving.Snapshot;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.rpc.PacedStream;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.proto.experiment.v1.StreamFlagsRequest;
import io.tenure.proto.experiment.v1.StreamFlagsResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends flags and their changes to whoever decides elsewhere. A reader that is slower than the
 * changes gets the last state and misses only what it would have thrown away.
 */
final class FlagStreams {

  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration LIFE = Duration.ofMinutes(10);

  private final FlagSnapshots snapshots;
  private volatile boolean closed;

  FlagStreams(FlagSnapshots snapshots) {
    this.snapshots = snapshots;
  }

  /** Ends all streams, so that the server need not wait for them. */
  void close() {
    closed = true;
  }

  /**
   * Sends until the caller leaves, or for ten minutes, so that streams spread over new replicas.
   *
   * @throws Failure UNAVAILABLE when the service ends
   */
  void send(
      ProjectId project, StreamFlagsRequest request, PacedStream<StreamFlagsResponse> stream) {
    BlockingQueue<Snapshot> latest = new ArrayBlockingQueue<>(1);
    try (FlagSnapshots.Subscription _ =
        snapshots.subscribe(project, snapshot -> replace(latest, snapshot))) {
      Snapshot sent = null;
      long end = System.nanoTime() + LIFE.toNanos();
      while (stream.isOpen() && System.nanoTime() < end) {
        Snapshot next = next(latest);
        if (closed) {
          throw Failure.unavailable("The service ends", Duration.ofSeconds(1));
        }
        if (next != null) {
          boolean known =
              sent == null
                  && !next.version().isEmpty()
                  && next.version().equals(request.getVersion());
          if (!known) {
            stream.send(change(sent, next, request.getVersionsOnly()));
          }
          sent = next;
        }
      }
      stream.end();
    }
  }

  /** Only the subscription writes, one change after the other. */
  private static void replace(BlockingQueue<Snapshot> latest, Snapshot snapshot) {
    while (!latest.offer(snapshot)) {
      latest.poll();
    }
  }

  private static @Nullable Snapshot next(BlockingQueue<Snapshot> latest) {
    try {
      return latest.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw Failure.unavailable("The service ends", Duration.ofSeconds(1));
    }
  }

  private static StreamFlagsResponse change(
      @Nullable Snapshot before, Snapshot now, boolean versionsOnly) {
    StreamFlagsResponse.Builder message =
        StreamFlagsResponse.newBuilder().setVersion(now.version()).setComplete(before == null);
    if (versionsOnly) {
      return message.setComplete(false).build();
    }
    Map<String, Flag> known = new LinkedHashMap<>();
    if (before != null) {
      before.flags().flags().forEach(flag -> known.put(flag.key(), flag));
    }
    for (Flag flag : now.flags().flags()) {
      if (!flag.equals(known.remove(flag.key()))) {
        message.addFlags(DecidedWriter.write(flag));
      }
    }
    return message.addAllDeletedKeys(known.keySet()).build();
  }
}
