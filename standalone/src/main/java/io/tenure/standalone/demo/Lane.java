package io.tenure.standalone.demo;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A queue of messages that are sent in batches, one batch after the other. A lane that fails takes
 * no more, so that whoever fills it notices.
 */
final class Lane implements Runnable {

  private final int batchSize;
  private final Consumer<List<DemoMessage>> sender;
  private final BlockingQueue<DemoMessage> queue;
  private volatile boolean ended;
  private volatile boolean stopped;

  Lane(int batchSize, Consumer<List<DemoMessage>> sender) {
    this.batchSize = batchSize;
    this.sender = sender;
    this.queue = new ArrayBlockingQueue<>(4 * batchSize);
  }

  /** Adds a message, waiting for room; drops it when the lane has failed. */
  void put(DemoMessage message) {
    try {
      while (!stopped && !queue.offer(message, 100, TimeUnit.MILLISECONDS)) {
        // The lane is full: the sender is busy, or has failed in between.
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw Failure.of(Reason.ABORTED, "Sending was interrupted", interrupted);
    }
  }

  /** Says that nothing follows. */
  void end() {
    ended = true;
  }

  @Override
  public void run() {
    try {
      List<DemoMessage> batch = new ArrayList<>(batchSize);
      while (fill(batch)) {
        sender.accept(batch);
        batch.clear();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw Failure.of(Reason.ABORTED, "Sending was interrupted", interrupted);
    } finally {
      stopped = true;
    }
  }

  /** Takes up to a batch; false when nothing is left. */
  private boolean fill(List<DemoMessage> batch) throws InterruptedException {
    while (batch.size() < batchSize) {
      boolean last = ended;
      DemoMessage next = queue.poll(20, TimeUnit.MILLISECONDS);
      if (next != null) {
        batch.add(next);
        queue.drainTo(batch, batchSize - batch.size());
      } else if (last) {
        break;
      }
    }
    return !batch.isEmpty();
  }
}
