package io.tenure.standalone;

import java.io.PrintWriter;
import java.time.Duration;

/**
 * Tells a person at the terminal what is going on; plain lines, so that it reads well in a file
 * too.
 */
final class Progress {

  private static final Duration INTERVAL = Duration.ofSeconds(2);

  private final PrintWriter out;
  private final long start = System.nanoTime();
  private long lastSaid = start;

  Progress(PrintWriter out) {
    this.out = out;
  }

  void starting(String part) {
    say("starting " + part);
  }

  void done(String text) {
    say(text);
  }

  /** Says it unless something was said this way in the last two seconds. */
  void sayNowAndThen(String text) {
    long now = System.nanoTime();
    if (now - lastSaid > INTERVAL.toNanos()) {
      lastSaid = now;
      say(text);
    }
  }

  void say(String text) {
    Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
    out.printf("%6.1f s  %s%n", elapsed.toMillis() / 1000.0, text);
    out.flush();
  }
}
