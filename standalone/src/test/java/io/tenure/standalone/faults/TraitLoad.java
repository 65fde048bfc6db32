package io.tenure.standalone.faults;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A server of the bank that writes traits all the time: each call adds its own number to a sum and
 * puts it into a list. A change applied twice shows in the sum, one that was lost in the list.
 */
final class TraitLoad implements AutoCloseable {

  private static final Duration PAUSE = Duration.ofMillis(80);

  private final HttpRequest.Builder request;
  private final Traffic traffic;
  private final Books books;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final Thread sender;
  private volatile boolean stopping;

  TraitLoad(URI door, String secretKey, Traffic traffic, Books books) {
    this.request =
        HttpRequest.newBuilder(door.resolve("/api/v1/profiles:writeTraits"))
            .timeout(Duration.ofSeconds(20))
            .header("Authorization", "Bearer " + secretKey)
            .header("Content-Type", "application/json");
    this.traffic = traffic;
    this.books = books;
    this.sender = Thread.ofVirtual().start(this::send);
  }

  private void send() {
    SplittableRandom random = new SplittableRandom(traffic.seed());
    try {
      for (long number = 1; !stopping; number++) {
        books.sending(List.of(number));
        boolean stubborn = random.nextInt(4) != 0;
        while (!attempt(number) && stubborn && !stopping) {
          Thread.sleep(PAUSE);
        }
        Thread.sleep(PAUSE);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean attempt(long number) throws InterruptedException {
    try {
      int status =
          http.send(
                  request.copy().POST(BodyPublishers.ofString(traffic.traitWrite(number))).build(),
                  BodyHandlers.discarding())
              .statusCode();
      if (status == 200) {
        books.acknowledged(List.of(number));
        return true;
      }
      books.failed(List.of(number), Integer.toString(status));
    } catch (IOException lost) {
      books.failed(List.of(number), lost.getClass().getSimpleName());
    }
    return false;
  }

  @Override
  public void close() throws InterruptedException {
    stopping = true;
    sender.join();
    http.close();
  }
}
