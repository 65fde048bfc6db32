package io.tenure.benchmarks;

import io.tenure.experiment.domain.Allocation;
import io.tenure.experiment.domain.Bucketing;
import io.tenure.experiment.domain.Evaluation;
import io.tenure.experiment.domain.Evaluator;
import io.tenure.experiment.domain.Flag;
import io.tenure.experiment.domain.FlagCondition;
import io.tenure.experiment.domain.FlagRule;
import io.tenure.experiment.domain.Operator;
import io.tenure.experiment.domain.Share;
import io.tenure.experiment.domain.Subject;
import io.tenure.experiment.domain.Value;
import io.tenure.experiment.domain.Variant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Deciding a flag in memory, beside the hash that no split can do without: what is above it is the
 * price of rules, allocations and the answer's explanation. Every call takes another user, so that
 * nothing is decided once and for all.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class FlagEvaluationBenchmark {

  private static final int USERS = 4096;
  private static final Allocation HALVES =
      new Allocation(List.of(new Share("on", 5_000), new Share("off", 5_000)));

  private final String[] users = users();
  private final Subject subject = new Customer();
  private final Flag split = flag(List.of());
  private final Flag targeted =
      flag(
          List.of(
              rule("staff", trait("tier", Operator.EQUAL, new Value.Text("staff"))),
              rule("rich", trait("balance", Operator.GREATER, new Value.Numeric(1_000_000))),
              rule(
                  "young",
                  new FlagCondition.All(
                      List.of(
                          trait("age", Operator.LESS, new Value.Numeric(30)),
                          trait("city", Operator.STARTS_WITH, new Value.Text("Br")))))));
  private int next;

  /** The baseline: the bucket of a user. */
  @Benchmark
  public long bucket() {
    return Bucketing.bucket("new-transfer-page", user());
  }

  /** A flag that splits everybody in halves. */
  @Benchmark
  public Evaluation split() {
    return Evaluator.evaluate(split, user(), subject);
  }

  /** A flag with three rules, of which the last, a pair of conditions, matches. */
  @Benchmark
  public Evaluation targetedSplit() {
    return Evaluator.evaluate(targeted, user(), subject);
  }

  private String user() {
    next = (next + 1) & (USERS - 1);
    return users[next];
  }

  private static String[] users() {
    String[] users = new String[USERS];
    for (int i = 0; i < USERS; i++) {
      users[i] = "customer-" + i * 7919;
    }
    return users;
  }

  private static Flag flag(List<FlagRule> rules) {
    return new Flag(
        "new-transfer-page",
        "New transfer page",
        "",
        true,
        List.of(
            new Variant("on", new Value.Truth(true)), new Variant("off", new Value.Truth(false))),
        "off",
        rules,
        HALVES,
        "");
  }

  private static FlagRule rule(String name, FlagCondition condition) {
    return new FlagRule(name, condition, HALVES);
  }

  private static FlagCondition trait(String name, Operator operator, Value value) {
    return new FlagCondition.Trait(name, operator, List.of(value));
  }

  /** A customer whose traits are at hand. */
  private static final class Customer implements Subject {

    private final Map<String, Value> traits =
        Map.of(
            "tier", new Value.Text("gold"),
            "balance", new Value.Numeric(1_234.56),
            "age", new Value.Numeric(27),
            "city", new Value.Text("Brno"));

    @Override
    public Optional<Value> trait(String name) {
      return Optional.ofNullable(traits.get(name));
    }

    @Override
    public boolean isMemberOf(String segmentId) {
      return false;
    }

    @Override
    public boolean isDegraded() {
      return false;
    }
  }
}
