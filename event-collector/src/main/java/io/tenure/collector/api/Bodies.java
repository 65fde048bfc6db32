package io.tenure.collector.api;

import io.tenure.collector.domain.dialect.MalformedBody;
import io.tenure.platform.failure.Failure;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads bodies without ever holding more than allowed: neither of one request, as sent or unpacked,
 * nor of all requests together.
 */
public final class Bodies {

  private static final int FIRST_BUFFER = 8 * 1024;

  private final int wireLimit;
  private final int inflatedLimit;
  private final Semaphore freeKilobytes;

  /**
   * Bodies within limits.
   *
   * @param wireLimit most bytes as sent
   * @param inflatedLimit most bytes after unpacking
   * @param inFlightLimit most bytes held for all requests at a time
   */
  public Bodies(int wireLimit, int inflatedLimit, long inFlightLimit) {
    this.wireLimit = wireLimit;
    this.inflatedLimit = inflatedLimit;
    this.freeKilobytes = new Semaphore(Math.toIntExact(inFlightLimit / 1024));
  }

  /**
   * Reads one body, as sent.
   *
   * @throws BodyTooLarge when it is over a limit
   * @throws Failure UNAVAILABLE when all requests together hold too much
   */
  Body read(InputStream in) throws IOException {
    Body body = new Body();
    try {
      body.content = body.drain(in, wireLimit);
      return body;
    } catch (IOException | RuntimeException exception) {
      body.close();
      throw exception;
    }
  }

  /** A body in memory; its room is given back when it is closed. */
  final class Body implements AutoCloseable {

    private byte[] content = {};
    private int heldKilobytes;
    private int inflated;

    byte[] content() {
      return content;
    }

    /**
     * Unpacks all of it; what can't be unpacked stays as it was sent.
     *
     * @throws MalformedBody when it is broken
     * @throws BodyTooLarge when it is over a limit
     */
    void unpack() throws IOException {
      content = inflate(content);
    }

    /** Unpacks a part of the body, in the same room; all its parts together are limited. */
    byte[] inflate(byte[] packed) throws IOException {
      try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
        byte[] content = drain(in, inflatedLimit - inflated);
        inflated += content.length;
        return content;
      } catch (ZipException | EOFException broken) {
        throw new MalformedBody("The gzip data is broken");
      }
    }

    private byte[] drain(InputStream in, int limit) throws IOException {
      int first = Math.min(FIRST_BUFFER, limit + 1);
      hold(first);
      byte[] buffer = new byte[first];
      int size = 0;
      while (true) {
        int count = in.read(buffer, size, buffer.length - size);
        if (count < 0) {
          giveBack(buffer.length, size);
          return Arrays.copyOf(buffer, size);
        }
        size += count;
        if (size > limit) {
          throw new BodyTooLarge(limit);
        }
        if (size == buffer.length) {
          int more = Math.min(buffer.length, limit + 1 - buffer.length);
          hold(more);
          buffer = Arrays.copyOf(buffer, buffer.length + more);
        }
      }
    }

    private void hold(int bytes) {
      int kilobytes = (bytes + 1023) / 1024;
      if (!freeKilobytes.tryAcquire(kilobytes)) {
        throw Failure.unavailable("Too many large requests at a time", Duration.ofSeconds(1));
      }
      heldKilobytes += kilobytes;
    }

    private void giveBack(int held, int needed) {
      int kilobytes = (held + 1023) / 1024 - (needed + 1023) / 1024;
      freeKilobytes.release(kilobytes);
      heldKilobytes -= kilobytes;
    }

    @Override
    public void close() {
      freeKilobytes.release(heldKilobytes);
      heldKilobytes = 0;
    }
  }
}
