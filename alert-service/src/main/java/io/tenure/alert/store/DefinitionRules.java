package io.tenure.alert.store;

import io.tenure.alert.domain.Condition;
import io.tenure.alert.domain.Outcome;
import io.tenure.alert.domain.Recorded;
import io.tenure.alert.domain.Rule;
import io.tenure.alert.domain.RuleStore;
import io.tenure.platform.definition.Definitions;
import io.tenure.platform.definition.Revision;
import io.tenure.platform.json.Json;
import io.tenure.platform.tenancy.ProjectId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Rules as definitions of the kind {@code rule}. */
public final class DefinitionRules implements RuleStore {

  private final Definitions definitions;

  /** Rules in these definitions. */
  public DefinitionRules(Definitions definitions) {
    this.definitions = definitions;
  }

  @Override
  public Recorded<Rule> create(ProjectId project, Rule rule, String author) {
    return decode(definitions.create(project, rule.id(), encode(rule), author));
  }

  @Override
  public Optional<Recorded<Rule>> find(ProjectId project, String id) {
    return definitions.find(project, id).map(DefinitionRules::decode);
  }

  @Override
  public List<Recorded<Rule>> list(ProjectId project) {
    return definitions.list(project).stream().map(DefinitionRules::decode).toList();
  }

  @Override
  public Recorded<Rule> update(ProjectId project, Rule rule, String author, String etag) {
    return decode(definitions.update(project, rule.id(), encode(rule), author, etag));
  }

  @Override
  public void delete(ProjectId project, String id, String author) {
    definitions.delete(project, id, author);
  }

  @Override
  public List<ProjectId> projects() {
    return definitions.projects();
  }

  /** The stored form; kept apart from the domain so that the domain can change. */
  private record Body(
      String displayName,
      String description,
      String condition,
      String words,
      Set<String> traits,
      String activity,
      long inactiveSeconds,
      long cooldownSeconds,
      long sweepIntervalSeconds,
      boolean enabled,
      List<String> receiverIds) {}

  private static String encode(Rule rule) {
    return Json.write(
        new Body(
            rule.displayName(),
            rule.description(),
            rule.condition().json(),
            rule.condition().words(),
            rule.condition().traits(),
            rule.outcome().activityJson(),
            rule.outcome().inactiveFor().toSeconds(),
            rule.cooldown().toSeconds(),
            rule.sweepInterval().toSeconds(),
            rule.enabled(),
            rule.receiverIds()));
  }

  private static Recorded<Rule> decode(Revision revision) {
    Body body = Json.MAPPER.readValue(revision.body(), Body.class);
    Rule rule =
        new Rule(
            revision.id(),
            body.displayName(),
            body.description(),
            new Condition(body.condition(), body.words(), body.traits()),
            new Outcome(body.activity(), Duration.ofSeconds(body.inactiveSeconds())),
            Duration.ofSeconds(body.cooldownSeconds()),
            Duration.ofSeconds(body.sweepIntervalSeconds()),
            body.enabled(),
            body.receiverIds());
    return new Recorded<>(rule, revision.createTime(), revision.updateTime(), revision.etag());
  }
}
