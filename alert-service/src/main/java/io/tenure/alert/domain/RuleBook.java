package io.tenure.alert.domain;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.FieldViolation;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.ProjectId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/** What people define: rules and receivers, each checked before it is kept. */
public final class RuleBook {

  private static final Pattern ID = Pattern.compile("[a-z0-9-]{3,63}");
  private static final int NAME_LENGTH = 200;
  private static final int DESCRIPTION_LENGTH = 2000;
  private static final int MOST_RECEIVERS = 20;
  private static final int SECRET_LENGTH = 16;
  private static final int LONGEST_SECRET = 256;
  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration LONGEST_INTERVAL = Duration.ofDays(31);
  private static final Duration LONGEST = Duration.ofDays(3660);

  private final RuleStore rules;
  private final Receivers receivers;
  private final RuleCheck evaluation;
  private final WebhookPolicy policy;

  /** A rule book over its stores. */
  public RuleBook(
      RuleStore rules, Receivers receivers, RuleCheck evaluation, WebhookPolicy policy) {
    this.rules = rules;
    this.receivers = receivers;
    this.evaluation = evaluation;
    this.policy = policy;
  }

  /** Adds a rule. */
  public Recorded<Rule> createRule(Caller caller, Rule rule) {
    check(caller.project(), rule);
    return rules.create(caller.project(), rule, caller.subject());
  }

  /** Replaces a rule. */
  public Recorded<Rule> updateRule(Caller caller, Rule rule, String etag) {
    check(caller.project(), rule);
    return rules.update(caller.project(), rule, caller.subject(), etag);
  }

  /** The rule, or NOT_FOUND. */
  public Recorded<Rule> rule(ProjectId project, String id) {
    return rules.find(project, id).orElseThrow(() -> Failure.notFound("rule", id));
  }

  /** All rules by id. */
  public List<Recorded<Rule>> rules(ProjectId project) {
    return rules.list(project);
  }

  /** Ends a rule; its alerts stay. */
  public void deleteRule(Caller caller, String id) {
    rules.delete(caller.project(), id, caller.subject());
  }

  /** Adds a receiver. */
  public Recorded<Receiver> createReceiver(Caller caller, Receiver receiver) {
    check(receiver);
    return receivers.create(caller.project(), receiver, caller.subject());
  }

  /** All receivers by id. */
  public List<Recorded<Receiver>> receivers(ProjectId project) {
    return receivers.list(project);
  }

  /** Ends a receiver; FAILED_PRECONDITION while a rule uses it. */
  public void deleteReceiver(Caller caller, String id) {
    for (Recorded<Rule> rule : rules.list(caller.project())) {
      if (rule.value().receiverIds().contains(id)) {
        throw Failure.of(
            Reason.FAILED_PRECONDITION,
            "The rule '" + rule.value().id() + "' uses the receiver '" + id + "'");
      }
    }
    receivers.delete(caller.project(), id, caller.subject());
  }

  private void check(ProjectId project, Rule rule) {
    List<FieldViolation> violations = new ArrayList<>();
    checkNames("rule", rule.id(), rule.displayName(), violations);
    if (rule.description().length() > DESCRIPTION_LENGTH) {
      violations.add(
          new FieldViolation(
              "rule.description", "must have at most " + DESCRIPTION_LENGTH + " characters"));
    }
    if (rule.condition().isMissing()) {
      violations.add(new FieldViolation("rule.condition", "is required"));
    }
    checkLength("rule.outcome.inactive_for", rule.outcome().inactiveFor(), LONGEST, violations);
    checkLength("rule.cooldown", rule.cooldown(), LONGEST, violations);
    checkLength("rule.sweep_interval", rule.sweepInterval(), LONGEST_INTERVAL, violations);
    checkReceivers(project, rule.receiverIds(), violations);
    if (!violations.isEmpty()) {
      throw Failure.invalid(violations);
    }
    evaluation.check(project, rule);
  }

  private void checkReceivers(
      ProjectId project, List<String> ids, List<FieldViolation> violations) {
    if (ids.size() > MOST_RECEIVERS) {
      violations.add(
          new FieldViolation(
              "rule.receiver_ids", "must name at most " + MOST_RECEIVERS + " receivers"));
      return;
    }
    if (new HashSet<>(ids).size() < ids.size()) {
      violations.add(new FieldViolation("rule.receiver_ids", "must not repeat a receiver"));
    }
    for (int i = 0; i < ids.size(); i++) {
      if (receivers.find(project, ids.get(i)).isEmpty()) {
        violations.add(
            new FieldViolation(
                "rule.receiver_ids[" + i + "]", "there is no receiver '" + ids.get(i) + "'"));
      }
    }
  }

  private void check(Receiver receiver) {
    List<FieldViolation> violations = new ArrayList<>();
    checkNames("receiver", receiver.id(), receiver.displayName(), violations);
    policy
        .objection(receiver.webhookUrl())
        .ifPresent(why -> violations.add(new FieldViolation("receiver.webhook_url", why)));
    int length = receiver.signingSecret().length();
    if (length < SECRET_LENGTH || length > LONGEST_SECRET) {
      violations.add(
          new FieldViolation(
              "receiver.signing_secret",
              "must have " + SECRET_LENGTH + " to " + LONGEST_SECRET + " characters"));
    }
    if (!violations.isEmpty()) {
      throw Failure.invalid(violations);
    }
  }

  private static void checkNames(
      String parent, String id, String displayName, List<FieldViolation> violations) {
    if (!ID.matcher(id).matches()) {
      violations.add(
          new FieldViolation(
              parent + ".id", "must be 3 to 63 lower-case letters, digits and hyphens"));
    }
    if (displayName.isBlank() || displayName.length() > NAME_LENGTH) {
      violations.add(
          new FieldViolation(
              parent + ".display_name", "must have 1 to " + NAME_LENGTH + " characters"));
    }
  }

  private static void checkLength(
      String field, Duration length, Duration longest, List<FieldViolation> violations) {
    if (length.compareTo(SHORTEST) < 0 || length.compareTo(longest) > 0) {
      violations.add(
          new FieldViolation(field, "must last one minute to " + longest.toDays() + " days"));
    }
  }
}
