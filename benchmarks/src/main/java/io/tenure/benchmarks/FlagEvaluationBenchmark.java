package io.tenure.benchmarks;

import io.tenure.condition.domain.Comparison;
import io.tenure.condition.domain.Condition;
import io.tenure.condition.domain.Operator;
import io.tenure.evaluator.Dealing;
import io.tenure.evaluator.Flag;
import io.tenure.evaluator.FlagSet;
import io.tenure.evaluator.Kept;
import io.tenure.evaluator.Outcome;
import io.tenure.evaluator.Rule;
import io.tenure.evaluator.Serving;
import io.tenure.evaluator.Subject;
import io.tenure.evaluator.UnitType;
import io.tenure.evaluator.Value;
import io.tenure.evaluator.Variant;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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
 * Deciding a flag in memory, beside the bucket that no split can do without: what is above it is
 * the price of rules, conditions and the answer's explanation. Every call takes another user, so
 * that nothing is decided once and for all.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class FlagEvaluationBenchmark {

  private static final int USERS = 4096;
  private static final String PAGE = "new-transfer-page";
  private static final String SWITCH = "night-mode";
  private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");
  private static final Dealing DEALING = Dealing.of(UnitType.USER, PAGE);

  private final Customer[] users = users();
  private final FlagSet flags =
      FlagSet.of(
          List.of(
              flag(SWITCH, List.of(), new Serving.Fixed("a")),
              flag(
                  PAGE,
                  List.of(
                      Rule.of(
                          "young savers",
                          new Condition.All(
                              List.of(
                                  trait("age", Operator.LESS, number(30)),
                                  trait("city", Operator.EQUAL, text("Brno")))),
                          thirds())),
                  new Serving.Fixed("c"))));
  private int next;

  /** The baseline: the bucket of a user. */
  @Benchmark
  public long bucket() {
    return DEALING.bucket(user().id);
  }

  /** A flag that is the same for everybody. */
  @Benchmark
  public @Nullable Outcome plain() {
    return flags.decide(SWITCH, user(), NOW);
  }

  /** Two conditions that hold, and a split in three. */
  @Benchmark
  public @Nullable Outcome targetedSplit() {
    return flags.decide(PAGE, user(), NOW);
  }

  private Customer user() {
    next = (next + 1) & (USERS - 1);
    return users[next];
  }

  private static Customer[] users() {
    Customer[] users = new Customer[USERS];
    for (int i = 0; i < USERS; i++) {
      users[i] = new Customer("customer-" + i * 7919);
    }
    return users;
  }

  private static Flag flag(String key, List<Rule> rules, Serving fallthrough) {
    List<Variant> variants =
        List.of(
            new Variant("a", new Value.Text("a")),
            new Variant("b", new Value.Text("b")),
            new Variant("c", new Value.Text("c")));
    return new Flag(key, true, variants, "c", List.of(), List.of(), rules, fallthrough);
  }

  private static Serving thirds() {
    return Serving.Split.of(
        "", DEALING, List.of(), List.of("a", "b", "c"), List.of(3_333, 3_333, 3_334), null);
  }

  private static Condition trait(
      String name, Operator operator, io.tenure.condition.domain.Value value) {
    return new Condition.Trait(name, new Comparison(operator, List.of(value)));
  }

  private static io.tenure.condition.domain.Value number(long number) {
    return new io.tenure.condition.domain.Value.Decimal(BigDecimal.valueOf(number));
  }

  private static io.tenure.condition.domain.Value text(String text) {
    return new io.tenure.condition.domain.Value.Text(text);
  }

  /** A customer whose attributes are at hand. */
  private static final class Customer implements Subject {

    private static final Map<String, Value> ATTRIBUTES =
        Map.of(
            "tier", new Value.Text("gold"),
            "balance", new Value.Numeric(1_234.56),
            "age", new Value.Numeric(27),
            "city", new Value.Text("Brno"));

    private final String id;

    Customer(String id) {
      this.id = id;
    }

    @Override
    public @Nullable String id(UnitType type) {
      return type == UnitType.USER ? id : null;
    }

    @Override
    public @Nullable Value attribute(String name) {
      return ATTRIBUTES.get(name);
    }

    @Override
    public boolean isMemberOf(String segmentId) {
      return false;
    }

    @Override
    public @Nullable Kept kept(String split) {
      return null;
    }
  }
}
