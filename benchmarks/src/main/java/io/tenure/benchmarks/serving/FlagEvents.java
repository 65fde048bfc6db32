package io.tenure.benchmarks.serving;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The stream of server-sent events that tells a browser to fetch its flags again. */
final class FlagEvents implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 30;

  private final BlockingQueue<Long> heard = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> greetings = new LinkedBlockingQueue<>();
  private final InputStream stream;

  /** Listens where the reply of a bulk evaluation says, and waits until it is heard. */
  FlagEvents(Platform platform, String path) throws IOException, InterruptedException {
    HttpResponse<InputStream> response =
        platform.http().send(platform.request(path).GET().build(), BodyHandlers.ofInputStream());
    this.stream = response.body();
    Thread.ofPlatform().daemon().name("flag-events").start(this::listen);
    if (greetings.poll(PATIENCE_SECONDS, TimeUnit.SECONDS) == null) {
      throw new IllegalStateException("No greeting: " + response.statusCode());
    }
  }

  private void listen() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      for (@Nullable String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(":")) {
          greetings.add(line);
        } else if (line.startsWith("data:") && line.contains("refetchEvaluation")) {
          heard.add(System.nanoTime());
        }
      }
    } catch (IOException ended) {
      // Closed by us, or the next wait says that nothing came.
    }
  }

  /** Forgets what was told so far. */
  void forget() {
    heard.clear();
  }

  /** When the next change was told. */
  long next() throws InterruptedException {
    Long time = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (time == null) {
      throw new IllegalStateException("No event came");
    }
    return time;
  }

  @Override
  public void close() {
    try {
      stream.close();
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
  }
}
