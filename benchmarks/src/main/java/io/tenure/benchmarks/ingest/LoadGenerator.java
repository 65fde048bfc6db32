package io.tenure.benchmarks.ingest;

import io.tenure.benchmarks.load.LoadLoop;
import io.tenure.benchmarks.load.LoadResult;
import io.tenure.platform.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The load generator's process, so that its share of the machine is seen apart: an order in JSON on
 * each line of the input. It prepares the requests, says {@code ready}, waits for a line, sends,
 * and prints the result.
 */
public final class LoadGenerator {

  private LoadGenerator() {}

  /** Runs until the input ends. */
  public static void main(String[] arguments) throws IOException {
    SplittableRandom random = new SplittableRandom();
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (@Nullable String line = in.readLine(); line != null; line = in.readLine()) {
        LoadOrder order = Json.MAPPER.readValue(line, LoadOrder.class);
        List<byte[]> requests = prepare(order, random.split());
        System.out.println("ready");
        if (in.readLine() == null) {
          return;
        }
        LoadResult result =
            new LoadLoop(
                    URI.create(order.target()),
                    requests,
                    Duration.ofMillis((long) (order.seconds() * 1_000)),
                    order.rate())
                .run(order.connections());
        System.out.println(Json.write(result));
      }
    }
  }

  private static List<byte[]> prepare(LoadOrder order, SplittableRandom random) {
    Traffic traffic = Traffic.named(order.traffic());
    Credential credential = new Credential(order.project(), order.key());
    URI target = URI.create(order.target());
    SplittableRandom[] randoms = random.splits(order.requests()).toArray(SplittableRandom[]::new);
    byte[][] requests = new byte[order.requests()][];
    IntStream.range(0, requests.length)
        .parallel()
        .forEach(
            i ->
                requests[i] =
                    traffic.request(target, credential, randoms[i], System.currentTimeMillis()));
    return new ArrayList<>(Arrays.asList(requests));
  }
}
