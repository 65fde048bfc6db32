package io.tenure.segment.domain.background;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.domain.analysis.Run;
import io.tenure.segment.domain.analysis.Statements;
import io.tenure.segment.domain.background.BackgroundRun.State;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Computes answers in the background. Any process can tell how far one is and stop it; the one that
 * computes it says so every second, and whoever is silent for long is taken for dead.
 */
public final class BackgroundRuns implements AutoCloseable {

  private static final int MOST_OF_A_PROJECT = 4;
  private static final Duration BEAT = Duration.ofSeconds(1);
  private static final Duration SILENCE = Duration.ofSeconds(30);

  private final RunBoard board;
  private final Statements statements;
  private final Clock clock;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<ProjectId, Integer> running = new ConcurrentHashMap<>();

  /** Executions shown on a board. */
  public BackgroundRuns(RunBoard board, Statements statements, Clock clock) {
    this.board = board;
    this.statements = statements;
    this.clock = clock;
  }

  /**
   * Begins an execution.
   *
   * @param rows rows it will read, as the index tells
   * @param work computes the answer as the contract writes it
   * @throws Failure RESOURCE_EXHAUSTED while this process computes too many of the project
   */
  public BackgroundRun start(ProjectId project, long rows, Function<Run, byte[]> work) {
    enter(project);
    Run run = Run.answering();
    BackgroundRun begun = BackgroundRun.begun(run.id(), clock.instant(), rows);
    try {
      board.show(project, begun);
      threads.execute(() -> compute(project, begun, run, work));
    } catch (RuntimeException failed) {
      leave(project);
      throw failed;
    }
    return begun;
  }

  /** How far an execution is. */
  public BackgroundRun get(ProjectId project, String id) {
    BackgroundRun run =
        board.find(project, id).orElseThrow(() -> Failure.notFound("analysis run", id));
    boolean silent = run.beatTime().plus(SILENCE).isBefore(clock.instant());
    return run.state() == State.RUNNING && silent
        ? run.ended(State.FAILED, "The process that computed it has ended; begin again")
        : run;
  }

  /** Stops an execution, wherever it is computed. */
  public void cancel(ProjectId project, String id) {
    get(project, id);
    board.cancel(project, id);
  }

  /** Ends with the service; what is being computed is left undone. */
  @Override
  public void close() {
    threads.shutdownNow();
  }

  private void compute(
      ProjectId project, BackgroundRun begun, Run run, Function<Run, byte[]> work) {
    Future<byte[]> answer = threads.submit(() -> work.apply(run));
    try {
      while (!answer.isDone()) {
        Thread.sleep(BEAT);
        if (!answer.isDone()) {
          beat(project, begun, run);
        }
      }
      board.show(project, ended(begun, run, answer));
    } catch (InterruptedException closing) {
      run.cancel();
      Thread.currentThread().interrupt();
    } finally {
      leave(project);
    }
  }

  private void beat(ProjectId project, BackgroundRun begun, Run run) {
    if (board.isCancelled(project, begun.id())) {
      run.cancel();
    }
    board.show(project, begun.beat(clock.instant(), statements.rowsRead(run)));
  }

  private BackgroundRun ended(BackgroundRun begun, Run run, Future<byte[]> answer) {
    return switch (answer.state()) {
      case SUCCESS -> begun.done(clock.instant(), run.rowsRead(), answer.resultNow());
      case FAILED ->
          answer.exceptionNow() instanceof Failure failure
              ? begun.ended(
                  failure.reason() == Reason.CANCELLED ? State.CANCELLED : State.FAILED,
                  failure.text())
              : begun.ended(State.FAILED, "It failed");
      case CANCELLED, RUNNING -> begun.ended(State.CANCELLED, "");
    };
  }

  private void enter(ProjectId project) {
    if (running.merge(project, 1, Integer::sum) > MOST_OF_A_PROJECT) {
      leave(project);
      throw Failure.of(
          Reason.RESOURCE_EXHAUSTED,
          "Already " + MOST_OF_A_PROJECT + " analyses of the project run in the background");
    }
  }

  private void leave(ProjectId project) {
    running.computeIfPresent(project, (_, count) -> count == 1 ? null : count - 1);
  }
}
