package io.tenure.collector.domain.consent;

/** Who tells about objections. */
@FunctionalInterface
public interface ObjectionSource {

  /**
   * The objections now.
   *
   * @param known what was known before
   * @throws io.tenure.platform.failure.Failure when nobody answers
   */
  Objections after(Objections known);
}
