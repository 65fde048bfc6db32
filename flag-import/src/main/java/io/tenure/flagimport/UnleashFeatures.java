package io.tenure.flagimport;

import io.tenure.evaluator.Flag;
import io.tenure.evaluator.Prerequisite;
import io.tenure.evaluator.Rule;
import io.tenure.evaluator.Serving;
import io.tenure.evaluator.Variant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Translates what Unleash's client API answers. */
final class UnleashFeatures {

  private static final Set<String> FIELDS =
      Set.of(
          "name",
          "type",
          "description",
          "enabled",
          "stale",
          "project",
          "impressionData",
          "strategies",
          "variants",
          "dependencies",
          "createdAt",
          "lastSeenAt");

  private final Units units;
  private final Map<String, Json> segments;

  private UnleashFeatures(Units units, Map<String, Json> segments) {
    this.units = units;
    this.segments = segments;
  }

  static Imported translate(Json document, Units units) {
    if (!document.at("features").isList()) {
      throw new MalformedImportException("An answer of Unleash's client API has a list 'features'");
    }
    try {
      Map<String, Json> definitions = new LinkedHashMap<>();
      for (Json feature : document.at("features").items()) {
        definitions.put(feature.at("name").text(), feature.root());
      }
      Map<String, Json> segments = new LinkedHashMap<>();
      for (Json segment : document.at("segments").itemsIfGiven()) {
        segments.put(Long.toString(segment.at("id").integer()), segment);
      }
      UnleashFeatures features = new UnleashFeatures(units, segments);
      return new Translation(definitions, features::feature).run();
    } catch (Untranslatable shapeless) {
      throw new MalformedImportException("A feature has no name, or a segment no id", shapeless);
    }
  }

  private Translated feature(String key, Json feature, Translation others) {
    feature.hasOnly(FIELDS);
    Premises premises = new Premises();
    Variants variants = new Variants();
    Strategies strategies = new Strategies(key, feature, premises, variants);
    List<Prerequisite> prerequisites = new ArrayList<>();
    boolean possible = dependencies(feature, others, premises, prerequisites);
    List<Rule> rules = new ArrayList<>();
    List<Json> listed = feature.at("strategies").items();
    listed.forEach(strategy -> rules.addAll(strategies.rules(strategy)));
    if (listed.isEmpty()) {
      rules.addAll(strategies.always());
    }
    Flag flag =
        new Flag(
            key,
            possible && feature.at("enabled").truth(),
            variants.all(),
            UnleashVariants.DISABLED,
            List.of(),
            prerequisites,
            rules,
            new Serving.Fixed(UnleashVariants.DISABLED));
    return new Translated(flag, premises);
  }

  /** False when it can never be on: it depends on what is not there, or depends itself. */
  private static boolean dependencies(
      Json feature, Translation others, Premises premises, List<Prerequisite> prerequisites) {
    for (Json dependency : feature.at("dependencies").itemsIfGiven()) {
      dependency.hasOnly(Set.of("feature", "enabled", "variants"));
      String key = dependency.at("feature").text();
      if (others.definition(key).at("dependencies").node().size() > 0) {
        return false;
      }
      Optional<Translated> parent = others.flag(key, dependency);
      if (parent.isEmpty()) {
        return false;
      }
      premises.include(parent.get().premises(), dependency);
      Flag flag = parent.get().flag();
      Set<String> wanted = wanted(dependency, flag);
      if (wanted.isEmpty()) {
        return false;
      }
      prerequisites.add(new Prerequisite(flag.key(), wanted));
    }
    return true;
  }

  private static Set<String> wanted(Json dependency, Flag parent) {
    if (!dependency.at("enabled").truthOr(true)) {
      return Set.of(UnleashVariants.DISABLED);
    }
    Set<String> on =
        parent.variants().stream()
            .map(Variant::name)
            .filter(name -> !name.equals(UnleashVariants.DISABLED))
            .collect(Collectors.toSet());
    List<Json> named = dependency.at("variants").itemsIfGiven();
    if (named.isEmpty()) {
      return on;
    }
    Set<String> wanted = new HashSet<>();
    for (Json name : named) {
      // A feature that is on without a variant answers one that is named "disabled".
      boolean none = name.text().equals(UnleashVariants.DISABLED);
      wanted.add(none ? UnleashVariants.ENABLED : name.text());
    }
    wanted.retainAll(on);
    return wanted;
  }

  /** Turns the strategies of a feature into rules. */
  private final class Strategies {

    private final String feature;
    private final List<Json> listed;
    private final Premises premises;
    private final UnleashVariants variants;
    private final UnleashSticky sticky;
    private final UnleashRollout rollout;

    Strategies(String feature, Json definition, Premises premises, Variants variants) {
      this.feature = feature;
      this.listed = definition.at("variants").itemsIfGiven();
      this.premises = premises;
      this.variants = new UnleashVariants(variants, premises);
      this.sticky = new UnleashSticky(units, premises);
      this.rollout = new UnleashRollout(sticky, premises);
      this.variants.names(listed);
    }

    /** A feature without strategies is on for everybody. */
    List<Rule> always() {
      return rules("", UnleashConstraint.Scope.ALL, UnleashRollout.Share.ALL, featureVariants());
    }

    List<Rule> rules(Json strategy) {
      strategy.hasOnly(UnleashRollout.fields());
      UnleashConstraint.Scope scope = scope(strategy);
      List<Rule> rules = new ArrayList<>();
      for (UnleashRollout.Share share : rollout.shares(strategy)) {
        rules.addAll(rules(strategy.path(), scope, share, dealt(strategy)));
      }
      return rules;
    }

    private UnleashConstraint.Scope scope(Json strategy) {
      UnleashConstraint constraints = new UnleashConstraint(premises);
      UnleashConstraint.Scope scope = UnleashConstraint.Scope.ALL;
      for (Json constraint : strategy.at("constraints").itemsIfGiven()) {
        scope = constraints.and(scope, constraint);
      }
      for (Json id : strategy.at("segments").itemsIfGiven()) {
        Json segment = segments.get(Long.toString(id.integer()));
        if (segment == null) {
          return scope.and(Claim.NEVER);
        }
        for (Json constraint : segment.at("constraints").itemsIfGiven()) {
          scope = constraints.and(scope, constraint);
        }
      }
      return scope;
    }

    /**
     * Variants that are dealt.
     *
     * @param listed none when there are none to deal
     * @param group salt of the dealing
     * @param stickiness by which id
     */
    private record Dealt(List<Json> listed, String group, String stickiness, Json where) {}

    private Dealt featureVariants() {
      String stickiness =
          listed.isEmpty() ? "" : listed.getFirst().at("stickiness").textOr("default");
      return new Dealt(
          listed, feature, stickiness, listed.isEmpty() ? Json.MISSING : listed.getFirst());
    }

    private Dealt dealt(Json strategy) {
      List<Json> own = strategy.at("variants").itemsIfGiven();
      if (own.isEmpty() || UnleashVariants.weight(own) <= 0) {
        return featureVariants();
      }
      variants.names(own);
      Json parameters = strategy.at("parameters");
      String group = parameters.at("groupId").textOr("");
      if (group.isEmpty() && UnleashVariants.only(own).isEmpty()) {
        throw strategy.refused("without a group, SDKs deal by different ones");
      }
      String stickiness =
          own.getFirst().at("stickiness").textOr(parameters.at("stickiness").textOr("default"));
      return new Dealt(own, group, stickiness, strategy);
    }

    private List<Rule> rules(
        String name, UnleashConstraint.Scope scope, UnleashRollout.Share share, Dealt dealt) {
      Claim claim = Claim.all(scope.claim(), share.guard());
      List<Rule> rules = new ArrayList<>();
      if (dealt.listed().isEmpty() || UnleashVariants.weight(dealt.listed()) <= 0) {
        add(rules, name, scope, claim, share.serves(UnleashVariants.ENABLED));
        return rules;
      }
      for (UnleashVariants.Override override : variants.overrides(dealt.listed())) {
        Claim both = Claim.all(claim, override.claim());
        add(rules, name, scope, both, share.serves(override.variant()));
      }
      Optional<String> only = UnleashVariants.only(dealt.listed());
      if (only.isPresent()) {
        add(rules, name, scope, claim, share.serves(only.get()));
        return rules;
      }
      for (UnleashSticky.Case id : sticky.cases(dealt.stickiness(), true, dealt.where())) {
        Serving split =
            new Serving.Split(
                feature,
                share.gates(),
                UnleashVariants.arms(
                    dealt.listed(), id, UnleashRollout.salt(dealt.group(), dealt.where())),
                null);
        add(rules, name, scope, Claim.all(claim, id.guard()), split);
      }
      return rules;
    }

    private void add(
        List<Rule> rules,
        String name,
        UnleashConstraint.Scope scope,
        Claim claim,
        Serving serving) {
      if (!claim.equals(Claim.NEVER)) {
        scope
            .schedule()
            .ifPresent(
                schedule ->
                    rules.add(new Rule(name, schedule, List.of(), claim.condition(), serving)));
      }
    }
  }
}
