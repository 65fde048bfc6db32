package io.tenure.experiment.domain.serving;

import io.tenure.evaluator.FlagSet;
import io.tenure.evaluator.Gate;
import io.tenure.evaluator.Step;
import io.tenure.evaluator.Trace;
import io.tenure.evaluator.Value;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says who gets which arm of one experiment. It lets the flag be decided and listens to the steps
 * of the experiment's rule, so it cannot differ from what is served. Everybody is decided by the
 * same flags and at the same instant, on any number of threads.
 */
public final class Assigner {

  private final FlagSet flags;
  private final Tested tested;
  private final KnownUsers users;
  private final KeptScope scope;
  private final Instant now;

  Assigner(FlagSet flags, Tested tested, KnownUsers users, KeptScope scope, Instant now) {
    this.flags = flags;
    this.tested = tested;
    this.users = users;
    this.scope = scope;
    this.now = now;
  }

  /** The experiment it assigns to. */
  public Tested tested() {
    return tested;
  }

  /** The instant it decides for. */
  public Instant now() {
    return now;
  }

  /**
   * Somebody to be assigned.
   *
   * @param unit login or device id
   * @param context attributes that win over the stored traits of the same name
   */
  public record Candidate(String unit, Map<String, Value> context) {

    /** Copies the map. */
    public Candidate {
      context = Map.copyOf(context);
    }
  }

  /** Assigns one. */
  public Assignment assign(Candidate candidate) {
    return assign(List.of(candidate)).getFirst();
  }

  /** Assigns many, in their order; what is kept for all of them is asked for at once. */
  public List<Assignment> assign(List<Candidate> candidates) {
    List<UserLookup> lookups =
        candidates.stream()
            .map(one -> new UserLookup(users, scope, one.unit(), one.context()))
            .toList();
    if (!scope.units().isEmpty()) {
      KeptLookup.read(scope, lookups.stream().map(UserLookup::kept).toList());
    }
    return lookups.stream().map(this::assign).toList();
  }

  private Assignment assign(UserLookup lookup) {
    UserLookup.LookedUp subject = lookup.subject();
    Verdict verdict = new Verdict(tested.rule().name());
    flags.decide(tested.flag().key(), subject, now, verdict);
    return new Assignment(
        verdict.reason, verdict.variant, verdict.bucket, verdict.gate, subject.isDegraded());
  }

  /** What the steps of a rule come to; the last one tells. */
  private static final class Verdict implements Trace {

    private final String rule;
    private AssignmentReason reason = AssignmentReason.NOT_REACHED;
    private String variant = "";
    private @Nullable Long bucket;
    private String gate = "";

    Verdict(String rule) {
      this.rule = rule;
    }

    @Override
    public void step(Step step) {
      switch (step) {
        case Step.Matched(String of, boolean holds) -> {
          if (of.equals(rule) && !holds) {
            reason = AssignmentReason.NOT_IN_AUDIENCE;
          }
        }
        case Step.NoUnit missing -> {
          if (missing.rule().equals(rule)) {
            reason = AssignmentReason.NO_UNIT;
          }
        }
        case Step.Gated gated -> {
          if (gated.rule().equals(rule) && !gated.passed()) {
            reason = reason(gated.gate());
            bucket = gated.bucket();
            gate = gated.gate().name();
          }
        }
        case Step.Dealt dealt -> {
          if (dealt.rule().equals(rule) && !dealt.variant().isEmpty()) {
            reason = AssignmentReason.ARM;
            bucket = dealt.bucket();
            variant = dealt.variant();
          }
        }
        case Step.Remembered remembered -> {
          if (remembered.rule().equals(rule)) {
            reason = remembered.taken() ? AssignmentReason.ARM : AssignmentReason.DEALT_BEFORE;
            variant = remembered.taken() ? remembered.kept().variant() : "";
            bucket = null;
          }
        }
        case Step.Disabled _, Step.OnList _, Step.Asked _, Step.OutOfSchedule _ -> {}
      }
    }

    private static AssignmentReason reason(Gate gate) {
      return switch (gate) {
        case Gate.Holdout _ -> AssignmentReason.HELD_OUT;
        case Gate.Layer _ -> AssignmentReason.NOT_IN_LAYER;
        case Gate.Enrolment _ -> AssignmentReason.NOT_ENROLLED;
      };
    }
  }
}
