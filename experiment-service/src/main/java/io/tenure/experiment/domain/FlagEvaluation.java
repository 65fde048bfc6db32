package io.tenure.experiment.domain;

import io.tenure.evaluator.FlagSet;
import io.tenure.evaluator.Outcome;
import io.tenure.evaluator.Value;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.tenancy.ProjectId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides flags for a user, from the flags in memory and what is known about the user. */
public final class FlagEvaluation {

  private final FlagSnapshots snapshots;
  private final KnownUsers users;
  private final Clock clock;

  /** Evaluation of the flags in these snapshots. */
  public FlagEvaluation(FlagSnapshots snapshots, KnownUsers users, Clock clock) {
    this.snapshots = snapshots;
    this.users = users;
    this.clock = clock;
  }

  /**
   * Decides one flag.
   *
   * @param unit login or device id; hashed, and used to look up what is stored about the user
   * @param context attributes that win over the stored traits of the same name
   * @throws Failure NOT_FOUND
   */
  public Evaluation evaluate(
      ProjectId project, String key, String unit, Map<String, Value> context) {
    UserLookup lookup = new UserLookup(users, unit, context);
    return evaluate(snapshots.of(project), key, lookup)
        .orElseThrow(() -> Failure.notFound("flag", key));
  }

  /** Decides every flag of the project, by key. */
  public Evaluations evaluateAll(ProjectId project, String unit, Map<String, Value> context) {
    FlagSet flags = snapshots.of(project);
    UserLookup lookup = new UserLookup(users, unit, context);
    List<Evaluation> evaluations =
        flags.keys().stream().flatMap(key -> evaluate(flags, key, lookup).stream()).toList();
    return new Evaluations(evaluations, etag(evaluations));
  }

  private Optional<Evaluation> evaluate(FlagSet flags, String key, UserLookup lookup) {
    UserLookup.LookedUp subject = lookup.subject();
    return Optional.ofNullable(flags.decide(key, subject, clock.instant()))
        .map(outcome -> new Evaluation(outcome, subject.isDegraded()));
  }

  /** All decisions, and a text that changes when one of them does. */
  public record Evaluations(List<Evaluation> values, String etag) {

    /** Copies the list. */
    public Evaluations {
      values = List.copyOf(values);
    }
  }

  private static String etag(List<Evaluation> evaluations) {
    MessageDigest digest = sha256();
    for (Evaluation evaluation : evaluations) {
      Outcome outcome = evaluation.outcome();
      String text =
          new Value.Items(
                  List.of(
                      new Value.Text(outcome.flag()),
                      new Value.Text(outcome.variant()),
                      outcome.value(),
                      new Value.Text(outcome.reason().name()),
                      new Value.Text(outcome.rule()),
                      new Value.Truth(evaluation.degraded())))
              .canonical();
      digest.update(text.getBytes(StandardCharsets.UTF_8));
    }
    return HexFormat.of().formatHex(digest.digest(), 0, 16);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
