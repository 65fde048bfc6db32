package io.tenure.alert.domain.sweep;

/** Counts what sweeps do. */
@FunctionalInterface
public interface SweepMeter {

  /** One finished sweep. */
  void swept(SweepResult result);
}
