package io.tenure.gateway.api.ingest;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayInputStream;

/** A body that was read already, on its way to the collector. */
final class BodyStream extends ServletInputStream {

  private final ByteArrayInputStream in;

  BodyStream(byte[] body) {
    this.in = new ByteArrayInputStream(body);
  }

  @Override
  public int read() {
    return in.read();
  }

  @Override
  public int read(byte[] buffer, int offset, int length) {
    return in.read(buffer, offset, length);
  }

  @Override
  public boolean isFinished() {
    return in.available() == 0;
  }

  @Override
  public boolean isReady() {
    return true;
  }

  @Override
  public void setReadListener(ReadListener listener) {
    throw new UnsupportedOperationException("This body is read by blocking");
  }
}
