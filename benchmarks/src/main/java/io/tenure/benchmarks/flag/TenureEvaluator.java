package io.tenure.benchmarks.flag;

import io.tenure.condition.domain.Comparison;
import io.tenure.condition.domain.Condition;
import io.tenure.condition.domain.Operator;
import io.tenure.evaluator.Dealing;
import io.tenure.evaluator.Flag;
import io.tenure.evaluator.FlagSet;
import io.tenure.evaluator.Kept;
import io.tenure.evaluator.KeptKey;
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
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Ours. */
final class TenureEvaluator implements Evaluator {

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
                                  trait("city", Operator.EQUAL, text(CITY)))),
                          thirds())),
                  new Serving.Fixed("c"))));

  @Override
  public String name() {
    return "tenure";
  }

  @Override
  public String variant(int user) {
    return Objects.requireNonNull(page(user)).variant();
  }

  @Override
  public boolean isOn(int user) {
    return Objects.requireNonNull(night(user)).variant().equals("a");
  }

  @Override
  public void close() {}

  long bucket(int user) {
    return DEALING.bucket(users[user].id);
  }

  @Nullable Outcome page(int user) {
    return flags.decide(PAGE, users[user], NOW);
  }

  @Nullable Outcome night(int user) {
    return flags.decide(SWITCH, users[user], NOW);
  }

  private static Customer[] users() {
    Customer[] users = new Customer[2 * USERS];
    for (int i = 0; i < users.length; i++) {
      users[i] = new Customer(Evaluator.id(i), Evaluator.age(i));
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

    private final String id;
    private final Map<String, Value> attributes;

    Customer(String id, int age) {
      this.id = id;
      this.attributes = Map.of("age", new Value.Numeric(age), "city", new Value.Text(CITY));
    }

    @Override
    public @Nullable String id(UnitType type) {
      return type == UnitType.USER ? id : null;
    }

    @Override
    public @Nullable Value attribute(String name) {
      return attributes.get(name);
    }

    @Override
    public boolean isMemberOf(String segmentId) {
      return false;
    }

    @Override
    public @Nullable Kept kept(KeptKey key) {
      return null;
    }
  }
}
