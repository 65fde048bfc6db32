package io.tenure.collector.domain.dialect;

import java.io.IOException;

/** Unpacks a part of a body, within the limits of its request. */
@FunctionalInterface
public interface Unpacker {

  /**
   * The content of gzip data.
   *
   * @throws MalformedBody when it is broken
   */
  byte[] gunzip(byte[] packed) throws IOException;
}
