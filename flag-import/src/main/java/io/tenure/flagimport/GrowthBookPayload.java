package io.tenure.flagimport;

import io.tenure.evaluator.Flag;
import io.tenure.evaluator.Rule;
import io.tenure.evaluator.Schedule;
import io.tenure.evaluator.Serving;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Translates what GrowthBook sends its SDKs. */
final class GrowthBookPayload {

  private static final Set<String> RULE_FIELDS =
      Set.of(
          "id",
          "description",
          "key",
          "name",
          "phase",
          "condition",
          "parentConditions",
          "savedGroups",
          "force",
          "variations",
          "weights",
          "coverage",
          "range",
          "ranges",
          "meta",
          "filters",
          "namespace",
          "seed",
          "hashAttribute",
          "hashVersion",
          "fallbackAttribute",
          "disableStickyBucketing",
          "bucketVersion",
          "minBucketVersion",
          "tracks");

  private final Units units;
  private final Json savedGroups;

  private GrowthBookPayload(Units units, Json savedGroups) {
    this.units = units;
    this.savedGroups = savedGroups;
  }

  static Imported translate(Json document, Units units) {
    if (document.at("encryptedFeatures").isGiven()) {
      throw new MalformedImportException("The payload is encrypted");
    }
    Json features = document.at("features");
    if (!features.isObject()) {
      throw new MalformedImportException("A GrowthBook payload has an object 'features'");
    }
    Map<String, Json> definitions = new LinkedHashMap<>();
    features.fields().forEach(field -> definitions.put(field.name(), field.value().root()));
    GrowthBookPayload payload = new GrowthBookPayload(units, document.at("savedGroups"));
    return new Translation(definitions, payload::feature).run();
  }

  private Translated feature(String key, Json feature, Translation others) {
    feature.hasOnly(Set.of("id", "project", "metadata", "defaultValue", "rules"));
    Variants variants = new Variants();
    Premises premises = new Premises();
    String nothing = variants.callersDefault();
    String otherwise = variants.of(feature.at("defaultValue").value());
    GrowthBookSplits splits = new GrowthBookSplits(units, variants);
    GrowthBookParents parents = new GrowthBookParents(others, premises, savedGroups);
    MongoCondition conditions = new MongoCondition(premises, savedGroups);
    List<Rule> rules = new ArrayList<>();
    for (Json rule : feature.at("rules").itemsIfGiven()) {
      rule.hasOnly(RULE_FIELDS);
      String name = rule.at("id").textOr(rule.path());
      GrowthBookParents.Wishes wishes = parents.of(name, rule, nothing);
      rules.addAll(wishes.blocks());
      if (!wishes.possible()) {
        continue;
      }
      Json asked = rule.at("condition");
      Claim claim = asked.isGiven() ? conditions.of(asked) : Claim.ALWAYS;
      Optional<Serving> serving = serving(key, rule, variants, splits);
      if (serving.isPresent() && !claim.equals(Claim.NEVER)) {
        rules.add(
            new Rule(
                name, Schedule.ALWAYS, wishes.prerequisites(), claim.condition(), serving.get()));
      }
    }
    Flag flag =
        new Flag(
            key,
            true,
            variants.all(),
            nothing,
            List.of(),
            List.of(),
            rules,
            new Serving.Fixed(otherwise));
    return new Translated(flag, premises);
  }

  private static Optional<Serving> serving(
      String key, Json rule, Variants variants, GrowthBookSplits splits) {
    if (rule.at("force").isThere()) {
      return splits.forced(key, rule, variants.of(rule.at("force").value()));
    }
    return rule.at("variations").isGiven() ? splits.experiment(key, rule) : Optional.empty();
  }
}
