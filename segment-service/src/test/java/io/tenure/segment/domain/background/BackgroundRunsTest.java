package io.tenure.segment.domain.background;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.platform.testing.MutableClock;
import io.tenure.segment.domain.analysis.Run;
import io.tenure.segment.domain.background.BackgroundRun.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class BackgroundRunsTest {

  private static final ProjectId BANK = new ProjectId("bank");

  private final MutableClock clock = new MutableClock(Instant.parse("2026-03-01T00:00:00Z"));
  private final Board board = new Board();
  private final BackgroundRuns runs = new BackgroundRuns(board, Run::rowsRead, clock);

  @AfterEach
  void close() {
    runs.close();
  }

  @Test
  void showsProgressAndThenTheAnswer() throws Exception {
    CountDownLatch seen = new CountDownLatch(1);
    String id =
        runs.start(
                BANK,
                100,
                run -> {
                  run.read(40);
                  await(seen);
                  return new byte[] {1};
                })
            .id();
    while (runs.get(BANK, id).rowsRead() != 40) {
      Thread.sleep(20);
    }
    assertThat(runs.get(BANK, id).state()).isEqualTo(State.RUNNING);
    seen.countDown();
    assertThat(ended(id).result()).containsExactly(1);
    assertThat(ended(id).rows()).isEqualTo(100);
  }

  @Test
  void stopsWhatIsCancelled() throws Exception {
    String id =
        runs.start(
                BANK,
                1,
                run -> {
                  while (true) {
                    run.check();
                    await(new CountDownLatch(0));
                  }
                })
            .id();
    runs.cancel(BANK, id);
    assertThat(ended(id).state()).isEqualTo(State.CANCELLED);
  }

  @Test
  void saysWhyThereIsNoAnswer() throws Exception {
    String known =
        runs.start(
                BANK,
                1,
                _ -> {
                  throw Failure.of(Reason.RESOURCE_EXHAUSTED, "The query needs too much memory");
                })
            .id();
    assertThat(ended(known).state()).isEqualTo(State.FAILED);
    assertThat(ended(known).failure()).isEqualTo("The query needs too much memory");
    String defect =
        runs.start(
                BANK,
                1,
                _ -> {
                  throw new IllegalStateException("account 4711");
                })
            .id();
    assertThat(ended(defect).failure()).doesNotContain("4711");
  }

  @Test
  void takesASilentProcessForDead() {
    board.show(BANK, BackgroundRun.begun("lost", clock.instant(), 9));
    clock.advance(Duration.ofSeconds(29));
    assertThat(runs.get(BANK, "lost").state()).isEqualTo(State.RUNNING);
    clock.advance(Duration.ofSeconds(2));
    assertThat(runs.get(BANK, "lost").state()).isEqualTo(State.FAILED);
  }

  @Test
  void limitsWhatAProjectComputesAtOnce() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    String id = "";
    for (int index = 0; index < 4; index++) {
      id = start(end);
    }
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> start(end))
        .satisfies(failure -> assertThat(failure.reason()).isEqualTo(Reason.RESOURCE_EXHAUSTED));
    end.countDown();
    ended(id);
    while (true) {
      try {
        ended(start(end));
        return;
      } catch (Failure stillFull) {
        Thread.sleep(20);
      }
    }
  }

  private String start(CountDownLatch end) {
    return runs.start(
            BANK,
            1,
            _ -> {
              await(end);
              return new byte[0];
            })
        .id();
  }

  private BackgroundRun ended(String id) throws InterruptedException {
    while (runs.get(BANK, id).state() == State.RUNNING) {
      Thread.sleep(20);
    }
    return runs.get(BANK, id);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
      Thread.sleep(1);
    } catch (InterruptedException closing) {
      throw new IllegalStateException(closing);
    }
  }

  /** A board in memory. */
  private static final class Board implements RunBoard {

    private final Map<String, BackgroundRun> shown = new ConcurrentHashMap<>();
    private final Set<String> cancelled = ConcurrentHashMap.newKeySet();

    @Override
    public void show(ProjectId project, BackgroundRun run) {
      shown.put(run.id(), run);
    }

    @Override
    public Optional<BackgroundRun> find(ProjectId project, String id) {
      return Optional.ofNullable(shown.get(id));
    }

    @Override
    public void cancel(ProjectId project, String id) {
      cancelled.add(id);
    }

    @Override
    public boolean isCancelled(ProjectId project, String id) {
      return cancelled.contains(id);
    }
  }
}
