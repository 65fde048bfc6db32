package io.tenure.standalone.demo;

/** Is told how far the demonstration has got; from several threads, but never at the same time. */
@FunctionalInterface
public interface ProgressListener {

  /**
   * Some more records are safe.
   *
   * @param sent acknowledged so far
   * @param total to be sent in all
   */
  void progress(long sent, long total);
}
