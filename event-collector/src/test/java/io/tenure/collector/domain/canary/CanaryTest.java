package io.tenure.collector.domain.canary;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.collector.domain.canary.CanaryRun.Result;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CanaryTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration LOOK = Duration.ofSeconds(10);

  private final List<CanaryEvent> sent = new ArrayList<>();
  private final MutableClock clock = new MutableClock(Instant.parse("2026-06-15T12:00:00.123Z"));
  private int looks;

  @Test
  void measuresUntilTheEventIsSeen() throws Exception {
    CanaryRun run = canary(sent::add, event -> look(2)).run();

    assertThat(run.result()).isEqualTo(Result.FOUND);
    assertThat(run.delay()).isEqualTo(LOOK.multipliedBy(2));
    assertThat(run.trouble()).isEmpty();
    assertThat(sent).containsExactly(run.event());
  }

  @Test
  void givesUpWhenPatienceIsOver() throws Exception {
    CanaryRun run = canary(sent::add, event -> look(100)).run();

    assertThat(run.result()).isEqualTo(Result.NOT_FOUND);
    assertThat(run.delay()).isEqualTo(PATIENCE);
    assertThat(run.trouble()).isNotEmpty();
  }

  @Test
  void looksOnWhileTheStoreIsAway() throws Exception {
    Canary canary =
        canary(
            sent::add,
            event -> {
              if (look(2)) {
                return true;
              }
              throw Failure.unavailable("away", Duration.ofSeconds(1));
            });

    assertThat(canary.run().result()).isEqualTo(Result.FOUND);
  }

  @Test
  void failsWhenTheDoorDoesNotTakeIt() throws Exception {
    Canary canary =
        canary(
            event -> {
              throw Failure.unavailable("The door is shut", Duration.ofSeconds(1));
            },
            event -> look(1));

    CanaryRun run = canary.run();

    assertThat(run.result()).isEqualTo(Result.NOT_TAKEN);
    assertThat(run.trouble()).isEqualTo("The door is shut");
    assertThat(looks).isZero();
  }

  @Test
  void remembersTheLastRunsAndTheLastSuccess() throws Exception {
    Canary canary = canary(sent::add, event -> look(1));
    CanaryRun found = canary.run();
    looks = Integer.MIN_VALUE;
    for (int i = 0; i < CanaryState.KEPT; i++) {
      clock.advance(PATIENCE);
      canary.run();
    }

    CanaryState state = canary.state();

    assertThat(state.runs()).isEqualTo(CanaryState.KEPT + 1L);
    assertThat(state.failures()).isEqualTo(CanaryState.KEPT);
    assertThat(state.lastSuccessTime()).isEqualTo(found.event().time().plus(LOOK));
    assertThat(state.lastDelay()).isEqualTo(LOOK);
    assertThat(state.history()).hasSize(CanaryState.KEPT).doesNotContain(found);
    assertThat(state.history().getFirst().event()).isEqualTo(sent.getLast());
  }

  /** Each look takes its time. */
  private boolean look(int needed) {
    clock.advance(looks < 0 ? PATIENCE : LOOK);
    looks++;
    return looks >= needed;
  }

  private Canary canary(CanaryDoor door, CanarySight sight) {
    return new Canary(door, sight, new CanarySeal(new byte[] {1}), clock, PATIENCE);
  }
}
