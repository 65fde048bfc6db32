package io.tenure.collector.domain.consent;

/** Keeps the objections, so that a collector that starts while nobody answers knows the last. */
public interface ObjectionStore {

  /** What was kept last; {@link Objections#NONE} when nothing readable is there. */
  Objections load();

  /** Keeps objections in place of those before. */
  void save(Objections objections);
}
