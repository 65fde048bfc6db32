package io.tenure.alert.domain.backtest;

import io.tenure.alert.domain.Audience;
import io.tenure.alert.domain.Outcome;
import io.tenure.alert.domain.Rule;
import io.tenure.alert.domain.UserSet;
import io.tenure.platform.tenancy.ProjectId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Tells how a rule would have done at past instants, without leakage: the warning at an instant
 * sees only events before it, the judgement only events from it on.
 */
public final class Backtester {

  private final Audience audience;
  private final Activity activity;
  private final Executor executor;
  private final int parallelism;
  private final Clock clock;

  /**
   * A back-tester.
   *
   * @param executor runs the questions about instants
   * @param parallelism most instants asked for at the same time
   */
  public Backtester(
      Audience audience, Activity activity, Executor executor, int parallelism, Clock clock) {
    this.audience = audience;
    this.activity = activity;
    this.executor = executor;
    this.parallelism = parallelism;
    this.clock = clock;
  }

  /**
   * Back-tests a rule.
   *
   * @param start first instant
   * @param end where knowledge ends; later than now counts as now
   * @param step time between instants
   * @throws io.tenure.platform.failure.Failure INVALID_ARGUMENT when the times make no or more than
   *     400 instants
   */
  public Backtest run(ProjectId project, Rule rule, Instant start, Instant end, Duration step) {
    Instant now = clock.instant();
    List<Instant> instants =
        Schedule.instants(start, end.isAfter(now) ? now : end, step, rule.outcome().inactiveFor());
    AtomicReferenceArray<Period> periods = new AtomicReferenceArray<>(instants.size());
    AtomicInteger next = new AtomicInteger();
    Runnable worker =
        () -> {
          for (int i = next.getAndIncrement(); i < instants.size(); i = next.getAndIncrement()) {
            periods.set(i, period(project, rule, instants.get(i)));
          }
        };
    List<CompletableFuture<Void>> workers =
        IntStream.range(0, Math.min(parallelism, instants.size()))
            .mapToObj(i -> CompletableFuture.runAsync(worker, executor))
            .map(future -> future.whenComplete((nothing, thrown) -> stopOn(thrown, next)))
            .toList();
    join(workers);
    return new Backtest(IntStream.range(0, instants.size()).mapToObj(periods::get).toList());
  }

  private Period period(ProjectId project, Rule rule, Instant asOf) {
    Outcome outcome = rule.outcome();
    String did = outcome.activityJson();
    UserSet base = activity.active(project, did, asOf.minus(outcome.inactiveFor()), asOf);
    UserSet matched = audience.matching(project, rule.condition(), asOf);
    UserSet returned = activity.active(project, did, asOf, asOf.plus(outcome.inactiveFor()));
    return Period.judge(asOf, base, matched, returned);
  }

  private static void stopOn(@Nullable Throwable thrown, AtomicInteger next) {
    if (thrown != null) {
      next.set(Schedule.MOST_INSTANTS);
    }
  }

  private static void join(List<CompletableFuture<Void>> workers) {
    try {
      CompletableFuture.allOf(workers.toArray(CompletableFuture[]::new)).join();
    } catch (CompletionException exception) {
      if (exception.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw exception;
    }
  }
}
