package io.tenure.collector.domain.dialect;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Unpacks payloads outside of a request, up to the same limit. */
public final class BoundedUnpacker implements Unpacker {

  private final int limit;

  /** Unpacks up to a number of bytes. */
  public BoundedUnpacker(int limit) {
    this.limit = limit;
  }

  @Override
  public byte[] gunzip(byte[] packed) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      byte[] content = in.readNBytes(limit + 1);
      if (content.length > limit) {
        throw new MalformedBody("The data has more than " + limit + " bytes unpacked");
      }
      return content;
    } catch (ZipException | EOFException broken) {
      throw new MalformedBody("The gzip data is broken");
    }
  }
}
