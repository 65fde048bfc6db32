package io.tenure.gateway.api;

import io.tenure.platform.failure.Failure;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads request bodies without ever holding more than the limits, of one body and of all together.
 * A body is read to its end before anything else is done for it: a slow sender then costs only the
 * bytes it has sent, and no connection to a service.
 */
public final class BoundedBody {

  private static final int FIRST_BUFFER = 8 * 1024;

  private final int limit;
  private final long inFlightLimit;
  private final AtomicLong inFlight = new AtomicLong();

  /**
   * Bodies within limits.
   *
   * @param limit most bytes of a body on the wire
   * @param inFlightLimit most bytes held for all requests at a time
   */
  public BoundedBody(int limit, long inFlightLimit) {
    this.limit = limit;
    this.inFlightLimit = inFlightLimit;
  }

  /** The limit in bytes. */
  public int limit() {
    return limit;
  }

  /**
   * Refuses a body that announces itself as too large, before a byte of it is read.
   *
   * @throws Refusal 413
   */
  public void check(HttpServletRequest request) {
    if (request.getContentLengthLong() > limit) {
      throw Refusal.tooLarge(limit);
    }
  }

  /**
   * Reads the body.
   *
   * @throws Refusal 408 when it stops arriving, 400 when it ends early, 413
   * @throws Failure UNAVAILABLE when all requests together hold too much
   */
  public byte[] read(HttpServletRequest request) {
    try (Held held = hold(request)) {
      return held.content();
    }
  }

  /** As {@link #read}, for a body that stays in memory; its room is free when it is closed. */
  public Held hold(HttpServletRequest request) {
    check(request);
    Held held = new Held();
    try {
      held.drain(request.getInputStream());
      return held;
    } catch (IOException gone) {
      held.close();
      throw stalled(gone)
          ? new Refusal(408, "The body stopped arriving", Map.of("Connection", "close"))
          : new Refusal(400, "The body ended early");
    } catch (RuntimeException refused) {
      held.close();
      throw refused;
    }
  }

  private static boolean stalled(Throwable exception) {
    for (@Nullable Throwable cause = exception; cause != null; cause = cause.getCause()) {
      if (cause instanceof SocketTimeoutException) {
        return true;
      }
    }
    return false;
  }

  /** A body in memory. */
  public final class Held implements AutoCloseable {

    private byte[] content = {};
    private long room;

    /** The body. */
    public byte[] content() {
      return content;
    }

    private void drain(InputStream in) throws IOException {
      byte[] buffer = take(new byte[0], Math.min(FIRST_BUFFER, limit + 1));
      int size = 0;
      for (int count = in.read(buffer); count >= 0; ) {
        size += count;
        if (size > limit) {
          throw Refusal.tooLarge(limit);
        }
        if (size == buffer.length) {
          buffer = take(buffer, Math.min(buffer.length, limit + 1 - buffer.length));
        }
        count = in.read(buffer, size, buffer.length - size);
      }
      content = Arrays.copyOf(buffer, size);
    }

    private byte[] take(byte[] buffer, int more) {
      room += more;
      if (inFlight.addAndGet(more) > inFlightLimit) {
        throw Failure.unavailable("Too many large requests at a time", Duration.ofSeconds(1));
      }
      return Arrays.copyOf(buffer, buffer.length + more);
    }

    @Override
    public void close() {
      inFlight.addAndGet(-room);
      room = 0;
    }
  }
}
