package io.tenure.standalone.faults;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * Clients that send all the time. What fails is sent again unchanged, as an SDK does, or is given
 * up: then it may be stored once or not at all.
 */
final class Load implements AutoCloseable {

  private static final int CLIENTS = 4;
  private static final int LARGEST_BATCH = 20;
  private static final Duration PAUSE = Duration.ofMillis(40);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(250);

  private final URI door;
  private final String authorization;
  private final Traffic traffic;
  private final Books books;
  private final AtomicLong next = new AtomicLong();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
  private volatile boolean stopping;

  Load(URI door, String writeKey, Traffic traffic, Books books) {
    this.door = door;
    this.authorization =
        "Basic "
            + Base64.getEncoder().encodeToString((writeKey + ":").getBytes(StandardCharsets.UTF_8));
    this.traffic = traffic;
    this.books = books;
    for (int client = 0; client < CLIENTS; client++) {
      SplittableRandom random = new SplittableRandom(traffic.seed() + client);
      clients.submit(() -> send(random));
    }
  }

  private void send(SplittableRandom random) {
    try {
      while (!stopping) {
        List<Long> batch = new ArrayList<>();
        int size = 1 + random.nextInt(LARGEST_BATCH);
        for (int i = 0; i < size; i++) {
          batch.add(next.getAndIncrement());
        }
        books.sending(batch);
        boolean stubborn = random.nextInt(4) != 0;
        while (!attempt(batch) && stubborn && !stopping) {
          Thread.sleep(PAUSE_AFTER_FAILURE);
        }
        Thread.sleep(PAUSE);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean attempt(List<Long> batch) throws InterruptedException {
    try {
      int status =
          http.send(
                  HttpRequest.newBuilder(door.resolve("/v1/batch"))
                      .timeout(Duration.ofSeconds(20))
                      .header("Authorization", authorization)
                      .header("Content-Type", "application/json")
                      .POST(BodyPublishers.ofString(body(batch)))
                      .build(),
                  BodyHandlers.discarding())
              .statusCode();
      if (status == 200) {
        books.acknowledged(batch);
        return true;
      }
      books.failed(batch, Integer.toString(status));
    } catch (IOException lost) {
      books.failed(batch, lost.getClass().getSimpleName());
    }
    return false;
  }

  private String body(List<Long> batch) {
    return batch.stream().map(traffic::json).collect(Collectors.joining(",", "{\"batch\":[", "]}"));
  }

  /** Lets what is under way end, and sends no more. */
  @Override
  public void close() {
    stopping = true;
    clients.close();
    http.close();
  }
}
