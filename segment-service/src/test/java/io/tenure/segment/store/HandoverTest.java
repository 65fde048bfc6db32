package io.tenure.segment.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenure.segment.domain.journey.Journey;
import io.tenure.segment.domain.journey.Packing;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class HandoverTest {

  private static final Packing PACKING = new Packing(1);

  @Test
  void theVisitorTakesAllInTheOrderInWhichTheyWereRead() {
    List<Long> taken = new ArrayList<>();
    Handover handover = new Handover(journey -> taken.add(journey.user()));
    for (long user = 0; user < 1_000; user++) {
      handover.add(journey(user, 100));
    }
    handover.finish();
    assertThat(taken).isEqualTo(LongStream.range(0, 1_000).boxed().toList());
  }

  @Test
  void fewAreTakenWhereTheyWereRead() {
    List<Thread> threads = new ArrayList<>();
    Handover handover = new Handover(_ -> threads.add(Thread.currentThread()));
    handover.add(journey(1, 100));
    handover.finish();
    assertThat(threads).containsExactly(Thread.currentThread());
  }

  @Test
  void whatTheVisitorThrowsReachesWhoeverReads() {
    Handover handover =
        new Handover(
            journey -> {
              throw new IllegalArgumentException("user " + journey.user());
            });
    assertThatThrownBy(
            () -> {
              for (long user = 0; user < 1_000; user++) {
                handover.add(journey(user, 20_000));
              }
            })
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("user 0");
    assertThatThrownBy(handover::finish).hasMessage("user 0");
  }

  private static Journey journey(long user, int events) {
    return Journey.of(
        user, PACKING, LongStream.range(0, events).map(time -> PACKING.pack(time, 1)).toArray());
  }
}
