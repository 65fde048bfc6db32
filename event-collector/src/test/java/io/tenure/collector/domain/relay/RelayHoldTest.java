package io.tenure.collector.domain.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class RelayHoldTest {

  private final RelayHold hold = new RelayHold();
  private final List<String> steps = new CopyOnWriteArrayList<>();

  @Test
  void copiesBetweenDeliveriesTheStoresBeforeTheLog() throws Exception {
    CountDownLatch delivering = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    Thread first = Thread.ofVirtual().start(() -> deliver("first", delivering, end));
    delivering.await();
    CountDownLatch copying = new CountDownLatch(1);
    CountDownLatch copied = new CountDownLatch(1);
    Thread backup = Thread.ofVirtual().start(() -> copy(copying, copied));
    while (backup.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    assertThat(steps).isEmpty();
    end.countDown();
    copying.await();
    Thread second =
        Thread.ofVirtual()
            .start(() -> deliver("second", new CountDownLatch(1), new CountDownLatch(0)));
    while (second.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    copied.countDown();
    first.join();
    backup.join();
    second.join();
    assertThat(steps).containsExactly("first", "stores", "log", "second");
  }

  private void deliver(String name, CountDownLatch begun, CountDownLatch end) {
    try {
      hold.pass(
          () -> {
            begun.countDown();
            await(end);
            return steps.add(name);
          });
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  private void copy(CountDownLatch copying, CountDownLatch copied) {
    try {
      new StandStill(hold, directory -> steps.add("log"))
          .copy(
              () -> {
                copying.countDown();
                await(copied);
                steps.add("stores");
              },
              Path.of("unused"));
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }
}
