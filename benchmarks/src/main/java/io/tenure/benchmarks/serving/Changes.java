package io.tenure.benchmarks.serving;

import io.tenure.platform.json.Json;
import io.tenure.proto.experiment.v1.EvaluateFlagRequest;
import io.tenure.proto.experiment.v1.FlagServiceGrpc;
import java.io.IOException;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * How long a change takes until everybody sees it, from the moment it is sent. Half of the changes
 * are made through the gateway and looked for at the second replica, half the other way round; the
 * gateway's event stream is heard in both. Pauses between changes are random, so that they hit
 * every phase of the replicas' refreshing.
 */
final class Changes {

  private static final long POLL_MILLIS = 1;
  private static final long PATIENCE_NANOS = 30_000_000_000L;
  private static final String PATH = "/api/v1/flags/" + Catalogue.WATCHED;
  private static final String OFREP = "/ofrep/v1/evaluate/flags/" + Catalogue.WATCHED;
  private static final String CONTEXT = "{\"context\":{\"targetingKey\":\"watcher\"}}";

  private final Platform platform;
  private final FlagServiceGrpc.FlagServiceBlockingStub replica;
  private final SplittableRandom random = new SplittableRandom(11);
  private int number;

  Changes(Platform platform) {
    this.platform = platform;
    this.replica = FlagServiceGrpc.newBlockingStub(platform.channel());
  }

  /**
   * What a number of changes took, in nanoseconds.
   *
   * @param accepted until the change was answered
   * @param seen until the other replica answered with it
   * @param told until the event stream said so
   * @param stale how often whoever fetched again at the event got the value before
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Delays(long[] accepted, long[] seen, long[] told, int stale) {}

  /** Changes made through the gateway, looked for at the second replica. */
  Delays throughGateway(int count, FlagEvents events) throws IOException, InterruptedException {
    return follow(count, events, this::put, this::isAtReplica);
  }

  /** Changes made at the second replica, looked for through the gateway. */
  Delays atReplica(int count, FlagEvents events) throws IOException, InterruptedException {
    Catalogue catalogue = new Catalogue(platform);
    return follow(count, events, () -> catalogue.change(number), this::isAtGateway);
  }

  private Delays follow(int count, FlagEvents events, Runnable change, BooleanSupplier isSeen)
      throws IOException, InterruptedException {
    long[] accepted = new long[count];
    long[] seen = new long[count];
    long[] told = new long[count];
    int stale = 0;
    for (int i = 0; i < count; i++) {
      Thread.sleep(random.nextInt(600));
      events.forget();
      number++;
      CompletableFuture<Long> look = CompletableFuture.supplyAsync(() -> await(isSeen));
      long sent = System.nanoTime();
      change.run();
      accepted[i] = System.nanoTime() - sent;
      told[i] = events.next() - sent;
      stale += isAtGateway() ? 0 : 1;
      seen[i] = look.join() - sent;
    }
    return new Delays(accepted, seen, told, stale);
  }

  private static long await(BooleanSupplier isSeen) {
    long start = System.nanoTime();
    while (!isSeen.getAsBoolean()) {
      if (System.nanoTime() - start > PATIENCE_NANOS) {
        throw new IllegalStateException("The change was never seen");
      }
      try {
        Thread.sleep(POLL_MILLIS);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(interrupted);
      }
    }
    return System.nanoTime();
  }

  private void put() {
    var unused =
        platform.send(
            "PUT",
            PATH,
            """
            {"key": "%s", "enabled": true, "off_variant": "a",
             "variants": [{"name": "a", "value": "value-a"}, {"name": "b", "value": "value-b"},
                          {"name": "c", "value": "value-c"}],
             "fallthrough": {"shares": [{"variant": "%s", "weight": 10000}]}}
            """
                .formatted(Catalogue.WATCHED, Catalogue.variant(number)));
  }

  private boolean isAtReplica() {
    EvaluateFlagRequest request =
        EvaluateFlagRequest.newBuilder()
            .setFlagKey(Catalogue.WATCHED)
            .setTargetingKey("watcher")
            .build();
    return platform
        .as("ann", () -> replica.evaluateFlag(request))
        .getEvaluation()
        .getVariant()
        .equals(Catalogue.variant(number));
  }

  private boolean isAtGateway() {
    return Json.read(platform.send("POST", OFREP, CONTEXT).body())
        .path("variant")
        .stringValue("")
        .equals(Catalogue.variant(number));
  }
}
