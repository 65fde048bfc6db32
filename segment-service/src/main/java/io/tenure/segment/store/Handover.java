package io.tenure.segment.store;

import io.tenure.segment.domain.journey.Journey;
import io.tenure.segment.domain.journey.Journeys;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Lets a visitor take journeys while the next ones are read. It takes them one after the other, in
 * the order in which they were read, and those of a small answer where they were read.
 */
final class Handover {

  /** Events that are handed over at once: some milliseconds of a visitor's work. */
  private static final int BATCH = 16_384;

  private final Journeys.Visitor visitor;
  private List<Journey> batch = new ArrayList<>();
  private int events;
  private CompletableFuture<Void> taking = CompletableFuture.completedFuture(null);

  Handover(Journeys.Visitor visitor) {
    this.visitor = visitor;
  }

  /** Adds a journey that was read. Throws what the visitor threw about earlier ones. */
  void add(Journey journey) {
    batch.add(journey);
    events += journey.size();
    if (events >= BATCH) {
      awaitVisitor();
      List<Journey> full = batch;
      batch = new ArrayList<>();
      events = 0;
      taking =
          CompletableFuture.runAsync(
              () -> full.forEach(visitor::visit), Thread::startVirtualThread);
    }
  }

  /** Returns when the visitor has taken all. */
  void finish() {
    awaitVisitor();
    batch.forEach(visitor::visit);
  }

  private void awaitVisitor() {
    try {
      taking.join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw failed;
    }
  }
}
