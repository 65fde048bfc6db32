package io.tenure.standalone.demo;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.standalone.demo.DemoMessage.Protocol;
import io.tenure.standalone.ingest.IngestDoor;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Sends the demonstration through the public ingest endpoints. Several requests are under way at
 * once, but each phone's messages go one after the other, because a real phone's do too and the
 * order of a registration and what follows it matters.
 */
public final class DemoClient implements AutoCloseable {

  private static final int SEGMENT_LANES = 4;
  private static final int SENSORS_LANES = 2;
  private static final int SEGMENT_BATCH = 500;
  private static final int SENSORS_BATCH = 50;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final IngestDoor door;
  private final String project;

  /**
   * A client.
   *
   * @param gateway base address, for example {@code http://127.0.0.1:8080}
   * @param project name of the project, for the Sensors address
   * @param writeKey opens the project
   */
  public DemoClient(URI gateway, String project, String writeKey) {
    this.door = new IngestDoor(gateway, writeKey, PATIENCE);
    this.project = project;
  }

  /**
   * Sends all messages and returns when the last is acknowledged.
   *
   * @param total number of messages, for the progress
   * @throws Failure when the gateway refuses a request or does not answer for minutes
   */
  public Delivery send(Stream<DemoMessage> messages, long total, ProgressListener listener) {
    long start = System.nanoTime();
    Tally tally = new Tally(total, listener);
    List<Lane> lanes = new ArrayList<>();
    for (int i = 0; i < SEGMENT_LANES; i++) {
      lanes.add(
          new Lane(
              SEGMENT_BATCH,
              batch -> {
                door.sendSegment(batch.stream().map(Wire::segment).toList());
                tally.add(batch.size());
              }));
    }
    for (int i = 0; i < SENSORS_LANES; i++) {
      lanes.add(
          new Lane(
              SENSORS_BATCH,
              batch -> {
                door.sendSensors(project, batch.stream().map(Wire::sensors).toList());
                tally.add(batch.size());
              }));
    }
    run(messages, lanes);
    return new Delivery(
        tally.acknowledged.get(),
        door.requests(),
        door.retries(),
        Duration.ofNanos(System.nanoTime() - start));
  }

  /**
   * What was sent.
   *
   * @param acknowledged records answered with 200
   * @param requests requests answered with 200
   * @param retries attempts that had to be repeated
   * @param took from the first to the last
   */
  public record Delivery(long acknowledged, long requests, long retries, Duration took) {}

  private static void run(Stream<DemoMessage> messages, List<Lane> lanes) {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      lanes.forEach(lane -> running.add(executor.submit(lane)));
      try {
        messages.forEach(message -> laneOf(message, lanes).put(message));
      } finally {
        lanes.forEach(Lane::end);
      }
      for (Future<?> lane : running) {
        lane.get();
      }
    } catch (ExecutionException exception) {
      if (exception.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw Failure.of(Reason.INTERNAL, "The demonstration could not be sent", exception);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw Failure.of(Reason.ABORTED, "Sending was interrupted", interrupted);
    }
  }

  private static Lane laneOf(DemoMessage message, List<Lane> lanes) {
    int customer = message.phone().customer();
    return message.phone().protocol() == Protocol.SEGMENT
        ? lanes.get(customer % SEGMENT_LANES)
        : lanes.get(SEGMENT_LANES + customer % SENSORS_LANES);
  }

  @Override
  public void close() {
    door.close();
  }

  private static final class Tally {

    private final AtomicLong acknowledged = new AtomicLong();
    private final long total;
    private final ProgressListener listener;

    Tally(long total, ProgressListener listener) {
      this.total = total;
      this.listener = listener;
    }

    synchronized void add(int records) {
      listener.progress(acknowledged.addAndGet(records), total);
    }
  }
}
