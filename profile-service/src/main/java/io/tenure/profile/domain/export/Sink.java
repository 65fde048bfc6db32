package io.tenure.profile.domain.export;

/** Takes a document part by part and may make its writer wait. */
@FunctionalInterface
public interface Sink {

  /** Takes the next bytes; what it throws ends the document. */
  void write(byte[] bytes);
}
