package io.tenure.collector.domain.enrichment;

/** Knows the {@code User-Agent}s of this world. */
public interface Devices {

  /** What is behind a {@code User-Agent}; {@link Device#UNKNOWN} rather than a failure. */
  Device of(String userAgent);
}
