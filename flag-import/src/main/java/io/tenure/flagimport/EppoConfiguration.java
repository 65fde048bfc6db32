package io.tenure.flagimport;

import io.tenure.evaluator.Arm;
import io.tenure.evaluator.Dealing;
import io.tenure.evaluator.Flag;
import io.tenure.evaluator.Hashing;
import io.tenure.evaluator.Place;
import io.tenure.evaluator.Rule;
import io.tenure.evaluator.Schedule;
import io.tenure.evaluator.Serving;
import io.tenure.evaluator.Stretch;
import io.tenure.evaluator.UnitType;
import io.tenure.evaluator.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Translates Eppo's universal flag configuration. */
final class EppoConfiguration {

  private static final String SUBJECT = "id";
  private static final Set<String> ALLOCATION_FIELDS =
      Set.of("key", "rules", "startAt", "endAt", "splits", "doLog");

  private final Units units;
  private final Set<String> bandits;
  private final boolean hidden;

  private EppoConfiguration(Units units, Set<String> bandits, boolean hidden) {
    this.units = units;
    this.bandits = bandits;
    this.hidden = hidden;
  }

  static Imported translate(Json document, Units units) {
    if (!document.at("flags").isObject()) {
      throw new MalformedImportException("A configuration of Eppo has an object 'flags'");
    }
    Map<String, Json> definitions = new LinkedHashMap<>();
    document
        .at("flags")
        .fields()
        .forEach(field -> definitions.put(field.name(), field.value().root()));
    boolean hidden = document.at("format").node().asString("").equals("CLIENT");
    EppoConfiguration configuration =
        new EppoConfiguration(units, bandits(document.at("banditReferences")), hidden);
    return new Translation(definitions, configuration::flag).run();
  }

  /** Flags some variations of which only a bandit can fill. */
  private static Set<String> bandits(Json references) {
    Set<String> flags = new HashSet<>();
    references.node().findValues("flagKey").forEach(key -> flags.add(key.asString("")));
    return flags;
  }

  private Translated flag(String key, Json flag, Translation others) {
    if (hidden) {
      throw flag.refused("it is obfuscated; the configuration for servers is needed");
    }
    if (bandits.contains(key)) {
      throw flag.refused("a bandit chooses what it serves");
    }
    flag.hasOnly(
        Set.of(
            "key",
            "enabled",
            "comment",
            "variationType",
            "variations",
            "allocations",
            "totalShards",
            "entityId"));
    if (!flag.at("key").text().equals(key)) {
      throw flag.at("key").refused("the flag has another key than where it stands");
    }
    Variants variants = new Variants();
    String nothing = variants.callersDefault();
    Map<String, String> names = variations(flag, variants);
    Premises premises = new Premises();
    EppoCondition conditions = new EppoCondition(premises);
    List<Rule> rules = new ArrayList<>();
    for (Json allocation : flag.at("allocations").items()) {
      allocation.hasOnly(ALLOCATION_FIELDS);
      Claim claim = conditions.rules(allocation.at("rules"));
      Optional<Schedule> schedule = schedule(allocation);
      Optional<Serving> serving = serving(flag, allocation, names);
      if (!claim.equals(Claim.NEVER) && schedule.isPresent() && serving.isPresent()) {
        rules.add(
            new Rule(
                allocation.at("key").text(),
                schedule.get(),
                List.of(),
                claim.condition(),
                serving.get()));
      }
    }
    return new Translated(
        new Flag(
            key,
            flag.at("enabled").truth(),
            variants.all(),
            nothing,
            List.of(),
            List.of(),
            rules,
            new Serving.Fixed(nothing)),
        premises);
  }

  private static Map<String, String> variations(Json flag, Variants variants) {
    String type = flag.at("variationType").text();
    Map<String, String> names = new LinkedHashMap<>();
    for (Json.Field field : flag.at("variations").fields()) {
      Json variation = field.value();
      variation.hasOnly(Set.of("key", "value"));
      String name = variation.at("key").text();
      if (!name.equals(field.name()) || name.equals(Imported.CALLERS_DEFAULT)) {
        throw variation.refused("the variation has another key than where it stands");
      }
      names.put(name, variants.named(name, value(type, variation.at("value")), variation));
    }
    return names;
  }

  /** Eppo answers the caller's default and an error for a value of another type. */
  private static Value value(String type, Json value) {
    return switch (type) {
      case "BOOLEAN" -> new Value.Truth(value.truth());
      case "STRING" -> new Value.Text(value.text());
      case "NUMERIC" -> new Value.Numeric(value.number());
      case "INTEGER" -> new Value.Numeric(value.integer());
      case "JSON" -> value.inside().value();
      default -> throw value.refused("the type '" + type + "' is not known here");
    };
  }

  /** Both times belong to it. */
  private static Optional<Schedule> schedule(Json allocation) {
    Json startAt = allocation.at("startAt");
    Json endAt = allocation.at("endAt");
    Instant start = startAt.isGiven() ? Times.of(startAt) : Instant.MIN;
    Instant end = endAt.isGiven() ? Times.of(endAt).plusNanos(1) : Instant.MAX;
    return start.isBefore(end) ? Optional.of(new Schedule(start, end)) : Optional.empty();
  }

  private Optional<Serving> serving(Json flag, Json allocation, Map<String, String> names) {
    String key =
        allocation.at("doLog").truth()
            ? flag.at("key").text() + "-" + allocation.at("key").text()
            : "";
    long shards = flag.at("totalShards").integer();
    List<Arm> arms = new ArrayList<>();
    for (Json split : allocation.at("splits").items()) {
      split.hasOnly(Set.of("variationKey", "shards", "extraLogging"));
      String variation = split.at("variationKey").text();
      String name = names.get(variation);
      if (name == null) {
        throw split.refused("there is no variation '" + variation + "'");
      }
      List<Place> places = new ArrayList<>();
      for (Json shard : split.at("shards").items()) {
        places.add(place(shard, shards));
      }
      if (places.isEmpty() && key.isEmpty() && arms.isEmpty()) {
        return Optional.of(new Serving.Fixed(name));
      }
      if (places.isEmpty()) {
        places.add(new Place(dealing("", shards, split), List.of(new Stretch(0, shards))));
      }
      arms.add(new Arm(name, places));
    }
    return arms.isEmpty()
        ? Optional.empty()
        : Optional.of(new Serving.Split(key, List.of(), arms, null));
  }

  private Place place(Json shard, long shards) {
    shard.hasOnly(Set.of("salt", "ranges"));
    List<Stretch> stretches = new ArrayList<>();
    for (Json range : shard.at("ranges").items()) {
      range.hasOnly(Set.of("start", "end"));
      long start = Math.clamp(range.at("start").integer(), 0, shards);
      long end = Math.clamp(range.at("end").integer(), start, shards);
      stretches.add(new Stretch(start, end));
    }
    return new Place(dealing(shard.at("salt").text(), shards, shard), stretches);
  }

  private Dealing dealing(String salt, long shards, Json where) {
    UnitType unit = units.of(SUBJECT, where);
    return new Dealing(unit, Hashing.EPPO, salt, shards);
  }
}
