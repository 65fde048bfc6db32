package io.tenure.collector.domain.consent;

/** Holds the objections that count now, at most a few seconds old while the source answers. */
public final class ConsentWatch {

  private final ObjectionSource source;
  private final ObjectionStore store;
  private volatile Objections current;

  /** Begins with what was kept. */
  public ConsentWatch(ObjectionSource source, ObjectionStore store) {
    this.source = source;
    this.store = store;
    this.current = store.load();
  }

  /** The objections now. */
  public Objections current() {
    return current;
  }

  /**
   * Asks for what changed.
   *
   * @throws io.tenure.platform.failure.Failure when nobody answers; what is known stays in force
   */
  public synchronized void refresh() {
    Objections before = current;
    Objections now = source.after(before);
    current = now;
    if (!now.isLike(before)) {
      store.save(now);
    }
  }
}
