package io.tenure.flagimport;

import io.tenure.evaluator.Arm;
import io.tenure.evaluator.Dealing;
import io.tenure.evaluator.Gate;
import io.tenure.evaluator.Hashing;
import io.tenure.evaluator.Place;
import io.tenure.evaluator.Serving;
import io.tenure.evaluator.Stickiness;
import io.tenure.evaluator.Stretch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoublePredicate;
import org.jspecify.annotations.Nullable;

/** Whom a GrowthBook rule deals what: rollouts, experiments, namespaces and filters. */
final class GrowthBookSplits {

  private static final double LEAST_SUM = 0.99;
  private static final double GREATEST_SUM = 1.01;
  private static final int NAMESPACE_FIELDS = 3;

  private final Units units;
  private final Variants variants;

  private record Range(double start, double end) {
    boolean contains(double fraction) {
      return fraction >= start && fraction < end;
    }
  }

  GrowthBookSplits(Units units, Variants variants) {
    this.units = units;
    this.variants = variants;
  }

  /** What a rule serves that forces a value; none when nobody gets it. */
  Optional<Serving> forced(String feature, Json rule, String variant) {
    Optional<List<Gate>> gates = filters(rule);
    if (gates.isEmpty()) {
      return Optional.empty();
    }
    Json range = rule.at("range");
    Json coverage = rule.at("coverage");
    if (!range.isGiven() && !coverage.isThere()) {
      return Optional.of(
          gates.get().isEmpty() ? new Serving.Fixed(variant) : onlyGated(variant, gates.get()));
    }
    if (!range.isGiven() && coverage.number() == 0) {
      return Optional.empty();
    }
    return buckets(rule, 1)
        .map(
            buckets -> {
              List<Stretch> taken =
                  range.isGiven()
                      ? buckets.where(range(range)::contains)
                      : buckets.where(atMost(coverage.number()));
              Arm arm =
                  new Arm(
                      variant,
                      List.of(
                          new Place(
                              dealing(rule, buckets, rule.at("seed").textOr(feature)), taken)));
              return new Serving.Split("", gates.get(), List.of(arm), null);
            });
  }

  private static DoublePredicate atMost(double coverage) {
    return fraction -> fraction <= coverage;
  }

  /** Whoever passes all gates gets the variant: the last gate becomes the arm. */
  private static Serving onlyGated(String variant, List<Gate> gates) {
    List<Place> places = new ArrayList<>();
    for (Gate gate : gates) {
      if (gate instanceof Gate.Layer(String _, Place place)) {
        places.add(place);
      }
    }
    return new Serving.Split("", List.of(), List.of(new Arm(variant, places)), null);
  }

  /** What a rule serves that is an experiment; none when nobody takes part. */
  Optional<Serving> experiment(String feature, Json rule) {
    List<Json> variations = rule.at("variations").items();
    Optional<List<Gate>> gates = filters(rule);
    Optional<Buckets> hash = buckets(rule, 1);
    if (variations.size() < 2 || gates.isEmpty() || hash.isEmpty()) {
      return Optional.empty();
    }
    String key = rule.at("key").textOr(feature);
    Buckets buckets = hash.get();
    Dealing dealing = dealing(rule, buckets, rule.at("seed").textOr(key));
    List<Range> ranges = ranges(rule, variations.size());
    List<List<Stretch>> stretches =
        buckets.where(variations.size(), fraction -> chosen(fraction, ranges));
    Stickiness stickiness = stickiness(rule, variations.size());
    List<Arm> arms = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int index = 0; index < variations.size(); index++) {
      Json meta = rule.at("meta").isGiven() ? meta(rule, index) : rule.at("meta");
      if (!meta.at("passthrough").truthOr(false)) {
        String name =
            variants.called(
                meta.at("key").textOr(Integer.toString(index)), variations.get(index).value());
        if (!names.add(name)) {
          throw rule.refused("two variations have the key '" + name + "'");
        }
        if (stickiness != null && !name.equals(meta.at("key").text())) {
          throw meta.at("key")
              .refused("what is kept is found by this key, which another value has");
        }
        arms.add(new Arm(name, List.of(new Place(dealing, stretches.get(index)))));
      } else if (stickiness != null) {
        throw meta.at("passthrough").refused("whoever is passed through would be dealt anew here");
      }
    }
    if (arms.isEmpty()) {
      return Optional.empty();
    }
    List<Gate> all = new ArrayList<>(gates.get());
    if (!rule.at("filters").isGiven() && rule.at("namespace").isGiven()) {
      all.add(namespace(rule.at("namespace"), dealing));
    }
    return Optional.of(new Serving.Split(key, all, arms, stickiness));
  }

  private static Json meta(Json rule, int index) {
    List<Json> meta = rule.at("meta").items();
    if (index >= meta.size()) {
      throw rule.at("meta").refused("a variation has no entry here");
    }
    meta.get(index).hasOnly(Set.of("key", "name", "passthrough"));
    return meta.get(index);
  }

  private static int chosen(double fraction, List<Range> ranges) {
    for (int index = 0; index < ranges.size(); index++) {
      if (ranges.get(index).contains(fraction)) {
        return index;
      }
    }
    return -1;
  }

  private static List<Range> ranges(Json rule, int variations) {
    if (rule.at("ranges").isGiven()) {
      return rule.at("ranges").items().stream().map(GrowthBookSplits::range).toList();
    }
    Json given = rule.at("coverage");
    double coverage = given.isThere() ? Math.clamp(given.number(), 0.0, 1.0) : 1;
    List<Range> ranges = new ArrayList<>();
    double cumulative = 0;
    for (double weight : weights(rule, variations)) {
      ranges.add(new Range(cumulative, cumulative + coverage * weight));
      cumulative += weight;
    }
    return ranges;
  }

  private static List<Double> weights(Json rule, int variations) {
    List<Double> equal = Collections.nCopies(variations, 1.0 / variations);
    if (!rule.at("weights").isGiven()) {
      return equal;
    }
    List<Double> weights = rule.at("weights").items().stream().map(Json::number).toList();
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    return weights.size() != variations || sum < LEAST_SUM || sum > GREATEST_SUM ? equal : weights;
  }

  private static Range range(Json range) {
    List<Json> bounds = range.items();
    if (bounds.size() != 2) {
      throw range.refused("a range has two bounds");
    }
    return new Range(bounds.getFirst().number(), bounds.getLast().number());
  }

  private Gate namespace(Json namespace, Dealing split) {
    List<Json> fields = namespace.items();
    if (fields.size() != NAMESPACE_FIELDS) {
      throw namespace.refused("a namespace has a name and two bounds");
    }
    Range range = new Range(fields.get(1).number(), fields.get(2).number());
    String name = fields.getFirst().text();
    Dealing dealing =
        new Dealing(split.unit(), Hashing.GROWTHBOOK_1, "__" + name, Buckets.FIRST.count());
    return new Gate.Layer(name, new Place(dealing, Buckets.FIRST.where(range::contains)));
  }

  /** A gate for each filter; none when one lets nobody pass. */
  private Optional<List<Gate>> filters(Json rule) {
    List<Gate> gates = new ArrayList<>();
    for (Json filter : rule.at("filters").itemsIfGiven()) {
      filter.hasOnly(Set.of("seed", "ranges", "hashVersion", "attribute"));
      Optional<Buckets> buckets = buckets(filter, 2);
      if (buckets.isEmpty()) {
        return Optional.empty();
      }
      List<Range> ranges =
          filter.at("ranges").items().stream().map(GrowthBookSplits::range).toList();
      String seed = filter.at("seed").text();
      Dealing dealing =
          new Dealing(
              units.of(filter.at("attribute").textOr("id"), filter),
              buckets.get().hashing(),
              seed,
              buckets.get().count());
      gates.add(
          new Gate.Layer(
              seed,
              new Place(dealing, buckets.get().where(fraction -> chosen(fraction, ranges) >= 0))));
    }
    return Optional.of(gates);
  }

  /** The buckets of a hash version; none for a version GrowthBook does not know either. */
  private static Optional<Buckets> buckets(Json hashed, long otherwise) {
    Json given = hashed.at("hashVersion");
    long version = given.isGiven() && given.integer() != 0 ? given.integer() : otherwise;
    return version == 1
        ? Optional.of(Buckets.FIRST)
        : version == 2 ? Optional.of(Buckets.SECOND) : Optional.empty();
  }

  private Dealing dealing(Json rule, Buckets buckets, String salt) {
    return new Dealing(
        units.of(rule.at("hashAttribute").textOr("id"), rule),
        buckets.hashing(),
        salt,
        buckets.count());
  }

  /**
   * GrowthBook keeps variants under the version of the bucket, by the keys of the variations, and
   * asks neither the condition nor the namespace again. Ours asks the condition, and keeps what an
   * older version dealt.
   */
  private static @Nullable Stickiness stickiness(Json rule, int variations) {
    Json bucket = rule.at("bucketVersion");
    Json oldest = rule.at("minBucketVersion");
    Json fallback = rule.at("fallbackAttribute");
    if (rule.at("disableStickyBucketing").truthOr(false)
        || !bucket.isGiven() && !oldest.isGiven() && !fallback.isGiven()) {
      return null;
    }
    if (fallback.isGiven()) {
      throw fallback.refused("what is kept cannot be looked up by a second attribute here");
    }
    long version = bucket.isGiven() ? bucket.integer() : 0;
    long least = oldest.isGiven() ? oldest.integer() : 0;
    if (!hasKeys(rule, variations)) {
      if (least > 0) {
        throw oldest.refused("what was kept cannot be told without keys of the variations");
      }
      return null;
    }
    if (rule.at("condition").isGiven()) {
      throw rule.at("condition")
          .refused("a unit that kept its variant would be asked the condition again here");
    }
    if (rule.at("filters").isGiven()) {
      throw rule.at("filters").refused("a unit that kept its variant would not be filtered here");
    }
    if (version != least) {
      throw bucket.refused("a unit dealt under an older version would not be dealt anew here");
    }
    return new Stickiness(Math.toIntExact(version), Math.toIntExact(least));
  }

  /** Without keys GrowthBook never finds again what it kept. */
  private static boolean hasKeys(Json rule, int variations) {
    List<Json> meta = rule.at("meta").itemsIfGiven();
    long keys = meta.stream().filter(entry -> entry.at("key").isGiven()).count();
    if (keys > 0 && keys < variations) {
      throw rule.at("meta").refused("only some variations have keys");
    }
    return keys > 0;
  }
}
