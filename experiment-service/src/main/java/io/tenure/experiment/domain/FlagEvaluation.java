package io.tenure.experiment.domain;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.tenancy.ProjectId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Decides flags for a user, from the flags in memory and what is known about the user. */
public final class FlagEvaluation {

  private final FlagSnapshots snapshots;
  private final KnownUsers users;

  /** Evaluation of the flags in these snapshots. */
  public FlagEvaluation(FlagSnapshots snapshots, KnownUsers users) {
    this.snapshots = snapshots;
    this.users = users;
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
    Flag flag = snapshots.of(project).get(key);
    if (flag == null) {
      throw Failure.notFound("flag", key);
    }
    return Evaluator.evaluate(flag, unit, new UserLookup(users, unit, context).subject());
  }

  /** Decides every flag of the project, by key. */
  public Evaluations evaluateAll(ProjectId project, String unit, Map<String, Value> context) {
    UserLookup lookup = new UserLookup(users, unit, context);
    List<Evaluation> evaluations = new ArrayList<>();
    for (Flag flag : snapshots.of(project).values()) {
      evaluations.add(Evaluator.evaluate(flag, unit, lookup.subject()));
    }
    return new Evaluations(evaluations, etag(evaluations));
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
      String text =
          new Value.Items(
                  List.of(
                      new Value.Text(evaluation.flagKey()),
                      new Value.Text(evaluation.variant()),
                      evaluation.value(),
                      new Value.Text(evaluation.cause().name()),
                      new Value.Text(evaluation.rule()),
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
