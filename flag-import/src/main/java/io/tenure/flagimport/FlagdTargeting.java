package io.tenure.flagimport;

import io.tenure.evaluator.Arm;
import io.tenure.evaluator.Dealing;
import io.tenure.evaluator.Hashing;
import io.tenure.evaluator.Place;
import io.tenure.evaluator.Rule;
import io.tenure.evaluator.Serving;
import io.tenure.evaluator.Stretch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Turns flagd's targeting, an expression whose value is a variant, into rules tried in order: each
 * branch answers for everybody who comes to it, so no rule has to exclude those before it.
 */
final class FlagdTargeting {

  private static final String TARGETING_KEY = "targetingKey";
  private static final long GREATEST_WEIGHT = Integer.MAX_VALUE;

  private final String flag;
  private final Set<String> variants;
  private final String otherwise;
  private final Units units;
  private final FlagdFractions way;
  private final Premises premises;
  private final FlagdCondition conditions;
  private final List<Rule> rules = new ArrayList<>();

  /**
   * Targeting of a flag.
   *
   * @param otherwise the variant that null stands for
   */
  FlagdTargeting(
      String flag,
      Set<String> variants,
      String otherwise,
      Units units,
      FlagdFractions way,
      Premises premises) {
    this.flag = flag;
    this.variants = variants;
    this.otherwise = otherwise;
    this.units = units;
    this.way = way;
    this.premises = premises;
    this.conditions = new FlagdCondition(premises);
  }

  List<Rule> rules(Json targeting) {
    serve(targeting, Claim.ALWAYS);
    return List.copyOf(rules);
  }

  private void serve(Json logic, Claim guard) {
    if (!logic.isObject()) {
      add(guard, logic, new Serving.Fixed(variant(logic)));
      return;
    }
    FlagdCondition.Call call = FlagdCondition.call(logic);
    switch (call.operator()) {
      case "if" -> branches(call.argument(), guard);
      case "fractional" -> fractions(call, guard);
      default -> truth(logic, guard);
    }
  }

  private void branches(Json parts, Claim guard) {
    List<Json> all = parts.items();
    if (all.size() < 2) {
      throw parts.refused("a condition and what follows from it are expected here");
    }
    int index = 0;
    for (; index + 1 < all.size(); index += 2) {
      serve(all.get(index + 1), Claim.all(guard, conditions.of(all.get(index))));
    }
    if (index < all.size()) {
      serve(all.get(index), guard);
    } else {
      add(guard, parts, new Serving.Fixed(otherwise));
    }
  }

  private void truth(Json logic, Claim guard) {
    if (!FlagdCondition.isTrueOrFalse(logic)) {
      throw logic.refused("what this computes is not known before");
    }
    if (logic.at("starts_with").isList() || !logic.node().findValues("starts_with").isEmpty()) {
      throw logic.refused("the answer would be neither true nor false for what is not text");
    }
    Claim claim = conditions.of(logic);
    add(Claim.all(guard, claim), logic, new Serving.Fixed(known("true", logic)));
    add(guard, logic, new Serving.Fixed(known("false", logic)));
  }

  private String variant(Json literal) {
    if (literal.isNull()) {
      return otherwise;
    }
    if (literal.isNumber()) {
      return known(Scalars.written(literal.number()), literal);
    }
    return known(literal.isTruth() ? Boolean.toString(literal.truth()) : literal.text(), literal);
  }

  private String known(String variant, Json where) {
    if (!variants.contains(variant)) {
      throw where.refused("there is no variant '" + variant + "'");
    }
    return variant;
  }

  private void add(Claim guard, Json where, Serving serving) {
    if (!guard.equals(Claim.NEVER)) {
      rules.add(Rule.of(where.path(), guard.condition(), serving));
    }
  }

  private record Fraction(String variant, long weight) {}

  /** What is dealt, and what its hash begins with. */
  private record Key(String salt, String attribute) {}

  private void fractions(FlagdCondition.Call call, Claim guard) {
    if (way == FlagdFractions.PERCENTAGES) {
      throw call.argument().refused("providers round the percentages of their hash differently");
    }
    List<Json> arguments = call.arguments();
    boolean keyed = !arguments.isEmpty() && !arguments.getFirst().isList();
    Key key = keyed ? key(arguments.getFirst()) : new Key(flag, TARGETING_KEY);
    List<Fraction> fractions = arguments.stream().skip(keyed ? 1 : 0).map(this::fraction).toList();
    long sum = fractions.stream().mapToLong(Fraction::weight).sum();
    if (sum > 0 && sum <= GREATEST_WEIGHT) {
      Dealing dealing =
          new Dealing(units.of(key.attribute(), call.argument()), Hashing.FLAGD, key.salt(), sum);
      add(
          guard,
          call.argument(),
          new Serving.Split(flag, List.of(), arms(fractions, dealing), null));
    }
    add(guard, call.argument(), new Serving.Fixed(otherwise));
  }

  private static List<Arm> arms(List<Fraction> fractions, Dealing dealing) {
    List<Arm> arms = new ArrayList<>();
    long from = 0;
    for (Fraction fraction : fractions) {
      long to = from + fraction.weight();
      arms.add(
          new Arm(fraction.variant(), List.of(new Place(dealing, List.of(new Stretch(from, to))))));
      from = to;
    }
    return arms;
  }

  private Fraction fraction(Json entry) {
    List<Json> parts = entry.items();
    if (parts.isEmpty() || parts.size() > 2) {
      throw entry.refused("a variant and its weight are expected here");
    }
    if (parts.getFirst().isObject() || parts.getFirst().isList()) {
      throw parts.getFirst().refused("what this computes is not known before");
    }
    long weight = parts.size() == 1 ? 1 : Math.max(0, parts.getLast().integer());
    return new Fraction(variant(parts.getFirst()), weight);
  }

  private Key key(Json logic) {
    Optional<String> variable = FlagdCondition.variable(logic);
    if (variable.isPresent()) {
      // Anything but text is not dealt at all.
      new Attribute(variable.get(), premises, logic).only(Kind.TEXT, Kind.ABSENT);
      return new Key("", variable.get());
    }
    if (!logic.isObject() || !FlagdCondition.call(logic).operator().equals("cat")) {
      throw logic.refused("only an attribute, or texts before one, can be dealt by here");
    }
    return joined(FlagdCondition.call(logic).arguments(), logic);
  }

  private Key joined(List<Json> parts, Json where) {
    StringBuilder salt = new StringBuilder();
    for (int index = 0; index < parts.size() - 1; index++) {
      salt.append(constant(parts.get(index)));
    }
    String attribute =
        parts.isEmpty()
            ? ""
            : FlagdCondition.variable(parts.getLast())
                .orElseThrow(() -> where.refused("an attribute is expected at the end"));
    premises.requireOneOf(List.of(attribute));
    return new Key(salt.toString(), attribute);
  }

  private String constant(Json part) {
    if (part.isText()) {
      return part.text();
    }
    boolean flagKey = part.at("var").isText() && part.at("var").text().equals("$flagd.flagKey");
    if (!flagKey) {
      throw part.refused("only texts and the key of the flag can go before an attribute here");
    }
    return flag;
  }
}
