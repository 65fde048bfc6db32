package io.tenure.alert.domain.sweep;

import io.tenure.alert.domain.Alert;
import io.tenure.alert.domain.Audience;
import io.tenure.alert.domain.Consenting;
import io.tenure.alert.domain.Recorded;
import io.tenure.alert.domain.Rule;
import io.tenure.alert.domain.Rules;
import io.tenure.alert.domain.Turns;
import io.tenure.alert.domain.UserSet;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.tenancy.ProjectId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Raises the alerts of a rule. Whoever fulfils the condition and was not warned about within the
 * cooldown gets one alert, unless they do not agree to marketing; a sweep that is repeated, for
 * example after a crash, finds its own alerts and raises nothing twice.
 */
public final class Sweeper {

  private static final int CHUNK = 10_000;

  private final Rules rules;
  private final Audience audience;
  private final People people;
  private final Consenting consenting;
  private final AlertLog alerts;
  private final SweepLedger ledger;
  private final Turns turns;
  private final SweepMeter meter;
  private final Clock clock;

  /** A sweeper over its ports. */
  public Sweeper(
      Rules rules,
      Audience audience,
      People people,
      Consenting consenting,
      AlertLog alerts,
      SweepLedger ledger,
      Turns turns,
      SweepMeter meter,
      Clock clock) {
    this.rules = rules;
    this.audience = audience;
    this.people = people;
    this.consenting = consenting;
    this.alerts = alerts;
    this.ledger = ledger;
    this.turns = turns;
    this.meter = meter;
    this.clock = clock;
  }

  /**
   * Sweeps one rule as of an instant that is not in the future.
   *
   * @throws Failure NOT_FOUND; FAILED_PRECONDITION when the rule is disabled; UNAVAILABLE while
   *     another sweep of the rule runs
   */
  public SweepResult sweep(ProjectId project, String ruleId, Instant asOf) {
    Rule rule =
        rules.find(project, ruleId).orElseThrow(() -> Failure.notFound("rule", ruleId)).value();
    if (!rule.enabled()) {
      throw Failure.of(Reason.FAILED_PRECONDITION, "The rule '" + ruleId + "' is not enabled");
    }
    if (asOf.isAfter(clock.instant())) {
      throw Failure.invalid("as_of_time", "must not lie in the future");
    }
    return turns
        .alone(turn(project, ruleId), () -> raise(project, rule, asOf))
        .orElseThrow(
            () ->
                Failure.unavailable(
                    "Another sweep of the rule '" + ruleId + "' is running",
                    Duration.ofSeconds(5)));
  }

  /** Projects that may have rules to sweep. */
  public List<ProjectId> projects() {
    return rules.projects();
  }

  /** Enabled rules of a project whose interval has passed since their last sweep. */
  public List<Rule> due(ProjectId project) {
    Instant now = clock.instant();
    return rules.list(project).stream()
        .map(Recorded::value)
        .filter(Rule::enabled)
        .filter(rule -> isDue(project, rule, now))
        .toList();
  }

  /** Sweeps a due rule as of now, unless another process does it already. */
  public void sweepDue(ProjectId project, Rule rule) {
    Instant now = clock.instant();
    turns.alone(
        turn(project, rule.id()),
        () -> {
          if (!isDue(project, rule, now)) {
            return false;
          }
          raise(project, rule, now);
          ledger.swept(project, rule.id(), now);
          return true;
        });
  }

  private static String turn(ProjectId project, String ruleId) {
    return "sweep:{" + project + "}:" + ruleId;
  }

  private boolean isDue(ProjectId project, Rule rule, Instant now) {
    return ledger
        .lastSweep(project, rule.id())
        .map(last -> !now.isBefore(last.plus(rule.sweepInterval())))
        .orElse(true);
  }

  private SweepResult raise(ProjectId project, Rule rule, Instant asOf) {
    UserSet matched = audience.matching(project, rule.condition(), asOf);
    UserSet warned =
        alerts.alerted(project, rule.id(), asOf.minus(rule.cooldown()), asOf.plus(rule.cooldown()));
    UserSet unwarned = matched.minus(warned);
    UserSet fresh =
        unwarned.minus(consenting.notAllowed(project, Consenting.Purpose.MARKETING, unwarned));
    for (UserSet chunk : fresh.chunks(CHUNK)) {
      alerts.append(
          project, alertsFor(project, rule, chunk, asOf), rule.receiverIds(), clock.instant());
    }
    SweepResult result =
        new SweepResult(
            matched.size(),
            fresh.size(),
            (long) matched.size() - unwarned.size(),
            (long) unwarned.size() - fresh.size());
    meter.swept(result);
    return result;
  }

  private List<Alert> alertsFor(ProjectId project, Rule rule, UserSet users, Instant asOf) {
    Map<Long, Person> found = people.find(project, users);
    List<Alert> raised = new ArrayList<>(users.size());
    users.stream()
        .forEach(
            user -> {
              Person person = Objects.requireNonNull(found.getOrDefault(user, Person.UNKNOWN));
              raised.add(
                  new Alert(
                      Alert.id(project, rule.id(), user, rule.cooldown(), asOf),
                      rule.id(),
                      user,
                      person.loginId(),
                      asOf,
                      Explanation.of(rule.condition(), person, asOf)));
            });
    return raised;
  }
}
