package io.tenure.profile.domain.computed;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.FieldViolation;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.TraitValue;
import io.tenure.profile.domain.activity.ActivityRules;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Defines computed traits, and asks for their computation. */
public final class ComputedTraits {

  private static final String KIND = "computed trait";

  private final ComputedTraitCatalog catalog;
  private final Computations computations;
  private final EventMeasures measures;
  private final RuleAudience audience;
  private final ActivityRules kept;
  private final ComputedValues values;
  private final Clock clock;

  /**
   * Computed traits kept by the given ports.
   *
   * @param audience interprets the conditions of rules
   * @param kept what profiles hold, from which live traits are computed
   */
  public ComputedTraits(
      ComputedTraitCatalog catalog,
      Computations computations,
      EventMeasures measures,
      RuleAudience audience,
      ActivityRules kept,
      ComputedValues values,
      Clock clock) {
    this.catalog = catalog;
    this.computations = computations;
    this.measures = measures;
    this.audience = audience;
    this.kept = kept;
    this.values = values;
    this.clock = clock;
  }

  /** Creates a computed trait and starts a computation. */
  public ComputedTraitDefinition create(Caller author, ComputedTrait trait) {
    check(author.project(), trait);
    ComputedTraitDefinition created = catalog.create(author, trait);
    begin(author.project(), created.id(), author.subject());
    return created;
  }

  /** Replaces a computed trait and starts a computation. */
  public ComputedTraitDefinition update(Caller author, ComputedTrait trait, String etag) {
    check(author.project(), trait);
    ComputedTraitDefinition updated = catalog.update(author, trait, etag);
    begin(author.project(), updated.id(), author.subject());
    return updated;
  }

  /** Deletes a computed trait and starts the removal of its values. */
  public void delete(Caller author, String id) {
    catalog.delete(author, id);
    begin(author.project(), id, author.subject());
  }

  /** One computed trait. */
  public ComputedTraitDefinition get(ProjectId project, String id) {
    return catalog.find(project, id).orElseThrow(() -> Failure.notFound(KIND, id));
  }

  /** Up to {@code limit} computed traits with an id after {@code after}. */
  public List<ComputedTraitDefinition> list(ProjectId project, String after, int limit) {
    return catalog.list(project).stream()
        .filter(definition -> definition.id().compareTo(after) > 0)
        .limit(limit)
        .toList();
  }

  /** Starts a computation, or finds the one that waits or runs. */
  public Computation start(Caller author, String id) {
    get(author.project(), id);
    return computations.open().stream()
        .filter(open -> open.project().equals(author.project()) && open.definitionId().equals(id))
        .findFirst()
        .orElseGet(() -> begin(author.project(), id, author.subject()));
  }

  /** One computation. */
  public Computation computation(ProjectId project, String id) {
    return computations
        .find(project, id)
        .orElseThrow(() -> Failure.notFound("trait computation", id));
  }

  /** Computations, newest first. */
  public List<Computation> computations(
      ProjectId project, String definitionId, String before, int limit) {
    return computations.list(project, definitionId, before, limit);
  }

  /** What one user's traits would be, without storing anything. */
  public Outcome evaluate(ProjectId project, ComputedTrait trait, long userNumber, Instant asOf) {
    refuse(ComputedTraitRules.violations(trait, kept));
    checkRules(project, trait);
    if (trait.calculation() == Calculation.RULE) {
      return ruled(project, trait, userNumber, asOf);
    }
    Calculator calculator = new Calculator(trait, asOf);
    Outcome[] found = {
      trait.calculation().needsSeries()
          ? calculator.outcome(new Measure.Series(new long[0], List.of()))
          : new Outcome(Map.of(), null)
    };
    measures.measure(
        project,
        trait,
        asOf,
        userNumber - 1,
        userNumber,
        (user, measure) -> found[0] = calculator.outcome(measure));
    return found[0];
  }

  /** What held for one user at an instant. */
  public Map<String, TraitValue> values(ProjectId project, long userNumber, Instant time) {
    return values.at(project, userNumber, time);
  }

  /** Starts what is due; computations that wait or run are due to nobody. */
  public void startDue() {
    Instant now = clock.instant();
    List<Computation> open = computations.open();
    for (ProjectId project : catalog.projects()) {
      for (ComputedTraitDefinition definition : catalog.list(project)) {
        boolean waits =
            open.stream()
                .anyMatch(
                    one ->
                        one.project().equals(project)
                            && one.definitionId().equals(definition.id()));
        if (!definition.trait().paused() && !waits && isDue(project, definition.trait(), now)) {
          begin(project, definition.id(), "service:profile-service");
        }
      }
    }
  }

  private boolean isDue(ProjectId project, ComputedTrait trait, Instant now) {
    List<Computation> last = computations.list(project, trait.id(), "", 1);
    return last.isEmpty() || !last.getFirst().asOf().plus(trait.interval()).isAfter(now);
  }

  /** Ids ascend with time, so that the newest is the last. */
  private Computation begin(ProjectId project, String definitionId, String author) {
    Instant now = Instant.ofEpochMilli(clock.millis());
    String id =
        "%013d-%s".formatted(now.toEpochMilli(), UUID.randomUUID().toString().substring(0, 8));
    Computation computation = Computation.start(project, id, definitionId, now, author);
    computations.save(computation);
    return computation;
  }

  /** Two computed traits that write one trait would take it from each other for ever. */
  private void check(ProjectId project, ComputedTrait trait) {
    refuse(ComputedTraitRules.violations(trait, kept));
    checkRules(project, trait);
    for (ComputedTraitDefinition other : catalog.list(project)) {
      if (!other.id().equals(trait.id())) {
        for (String name : other.trait().traits()) {
          if (trait.traits().contains(name)) {
            throw Failure.of(
                Reason.ALREADY_EXISTS,
                "The trait '" + name + "' is written by the computed trait '" + other.id() + "'");
          }
        }
      }
    }
  }

  private void checkRules(ProjectId project, ComputedTrait trait) {
    for (int i = 0; i < trait.rules().size(); i++) {
      audience.check(
          project, trait.rules().get(i).condition(), "computed_trait.rules[" + i + "].condition");
    }
  }

  private Outcome ruled(ProjectId project, ComputedTrait trait, long userNumber, Instant asOf) {
    Outcome[] found = {new Outcome(Map.of(), null)};
    new RuleMeasures(audience, project, trait, asOf)
        .measure(
            userNumber - 1,
            userNumber,
            (user, measure) -> found[0] = new Calculator(trait, asOf).outcome(measure));
    return found[0];
  }

  private static void refuse(List<FieldViolation> violations) {
    if (!violations.isEmpty()) {
      throw Failure.invalid(violations);
    }
  }
}
