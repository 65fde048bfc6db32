package io.tenure.gateway.api;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Reads request bodies without ever holding more than the limit. */
public final class BoundedBody {

  private final int limit;

  /** Bodies of at most this many bytes on the wire. */
  public BoundedBody(int limit) {
    this.limit = limit;
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
   * @throws Refusal 413
   */
  public byte[] read(HttpServletRequest request) {
    check(request);
    try {
      InputStream in = request.getInputStream();
      byte[] body = in.readNBytes(limit);
      if (body.length == limit && in.read() >= 0) {
        throw Refusal.tooLarge(limit);
      }
      return body;
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }
}
