package io.tenure.benchmarks.flag;

import io.getunleash.variant.Variant;
import io.tenure.evaluator.Outcome;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Deciding a flag in memory: two conditions that hold and a split in three, and a flag that is on
 * for everybody, by us and by peers. Below all of it is the bucket that no split can do without.
 * Every call takes another user, so that nothing is decided once and for all.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class FlagEvaluationBenchmark {

  /** Users in turn. */
  @State(Scope.Thread)
  public static class Users {
    private int next;

    int next() {
      next = (next + 1) & (Evaluator.USERS - 1);
      return next;
    }
  }

  /** Our evaluator. */
  @State(Scope.Benchmark)
  public static class Tenure {
    private final TenureEvaluator evaluator = new TenureEvaluator();
  }

  /** Unleash, started once for each fork. */
  @State(Scope.Benchmark)
  public static class Unleash {
    private @Nullable UnleashEvaluator evaluator;

    @Setup
    public void start() {
      QuietLogs.set();
      evaluator = new UnleashEvaluator();
    }

    @TearDown
    public void stop() {
      evaluator().close();
    }

    UnleashEvaluator evaluator() {
      return Objects.requireNonNull(evaluator);
    }
  }

  /** flagd, started once for each fork. */
  @State(Scope.Benchmark)
  public static class Flagd {
    private @Nullable FlagdEvaluator evaluator;

    @Setup
    public void start() {
      QuietLogs.set();
      evaluator = new FlagdEvaluator();
    }

    @TearDown
    public void stop() {
      evaluator().close();
    }

    FlagdEvaluator evaluator() {
      return Objects.requireNonNull(evaluator);
    }
  }

  @Benchmark
  public long bucket(Users users, Tenure tenure) {
    return tenure.evaluator.bucket(users.next());
  }

  @Benchmark
  public @Nullable Outcome plain(Users users, Tenure tenure) {
    return tenure.evaluator.night(users.next());
  }

  @Benchmark
  public @Nullable Outcome split(Users users, Tenure tenure) {
    return tenure.evaluator.page(users.next());
  }

  @Benchmark
  public boolean unleashPlain(Users users, Unleash unleash) {
    return unleash.evaluator().isOn(users.next());
  }

  @Benchmark
  public Variant unleashSplit(Users users, Unleash unleash) {
    return unleash.evaluator().page(users.next());
  }

  @Benchmark
  public boolean flagdPlain(Users users, Flagd flagd) {
    return flagd.evaluator().isOn(users.next());
  }

  @Benchmark
  public String flagdSplit(Users users, Flagd flagd) {
    return flagd.evaluator().variant(users.next());
  }
}
