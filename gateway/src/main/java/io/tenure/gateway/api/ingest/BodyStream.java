package io.tenure.gateway.api.ingest;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;

/** A request body on its way to the collector, cut off as soon as it is longer than allowed. */
final class BodyStream extends ServletInputStream {

  private final PushbackInputStream in;
  private final long limit;
  private long count;

  BodyStream(InputStream in, long limit) {
    this.in = new PushbackInputStream(in, 1);
    this.limit = limit;
  }

  /** The client sent more than allowed, or went away: not the collector's fault. */
  static final class ClientFault extends IOException {

    private final boolean tooLarge;

    ClientFault(boolean tooLarge) {
      super(tooLarge ? "The body is too large" : "The client went away");
      this.tooLarge = tooLarge;
    }

    boolean tooLarge() {
      return tooLarge;
    }
  }

  @Override
  public int read() throws IOException {
    int next = guarded(in::read);
    if (next >= 0) {
      count(1);
    }
    return next;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = guarded(() -> in.read(buffer, offset, length));
    if (read > 0) {
      count(read);
    }
    return read;
  }

  @Override
  public boolean isFinished() {
    try {
      int next = guarded(in::read);
      if (next < 0) {
        return true;
      }
      in.unread(next);
      return false;
    } catch (IOException gone) {
      // The next read tells.
      return false;
    }
  }

  @Override
  public boolean isReady() {
    return true;
  }

  @Override
  public void setReadListener(ReadListener listener) {
    throw new UnsupportedOperationException("This body is read by blocking");
  }

  private void count(int bytes) throws ClientFault {
    count += bytes;
    if (count > limit) {
      throw new ClientFault(true);
    }
  }

  @FunctionalInterface
  private interface Read {
    int run() throws IOException;
  }

  private static int guarded(Read read) throws ClientFault {
    try {
      return read.run();
    } catch (IOException gone) {
      ClientFault fault = new ClientFault(false);
      fault.initCause(gone);
      throw fault;
    }
  }
}
