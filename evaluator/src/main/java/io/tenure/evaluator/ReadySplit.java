package io.tenure.evaluator;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A split, made ready to be asked often: every outcome it can have is made beforehand. */
final class ReadySplit implements ReadyServing {

  private final String rule;
  private final String key;
  private final ReadyGate[] holdouts;
  private final ReadyGate[] gates;
  private final ReadyArm[] arms;
  private final @Nullable Stickiness stickiness;
  private final KeptKey keptKey;
  private final Map<String, Outcome> kept = new HashMap<>();

  private record ReadyArm(Outcome outcome, ReadyPlace[] places) {}

  ReadySplit(Flag flag, String rule, Serving.Split split) {
    this.rule = rule;
    this.key = split.key();
    this.stickiness = split.stickiness();
    this.keptKey = new KeptKey(split.unit(), key);
    this.holdouts = ready(split, gate -> gate instanceof Gate.Holdout);
    this.gates = ready(split, gate -> !(gate instanceof Gate.Holdout));
    Map<Dealing, ReadyDealing> dealings = new HashMap<>();
    this.arms = split.arms().stream().map(arm -> arm(flag, arm, dealings)).toArray(ReadyArm[]::new);
    if (stickiness != null) {
      for (Arm arm : split.arms()) {
        Variant variant = flag.variant(arm.variant());
        kept.put(variant.name(), outcome(flag, variant, Reason.KEPT, null));
      }
    }
  }

  private static ReadyGate[] ready(Serving.Split split, Predicate<Gate> which) {
    return split.gates().stream().filter(which).map(ReadyGate::new).toArray(ReadyGate[]::new);
  }

  private ReadyArm arm(Flag flag, Arm arm, Map<Dealing, ReadyDealing> dealings) {
    Keep keep =
        stickiness == null
            ? null
            : new Keep(keptKey, new Kept(arm.variant(), stickiness.version()));
    return new ReadyArm(
        outcome(flag, flag.variant(arm.variant()), Reason.SPLIT, keep),
        arm.places().stream()
            .map(
                place ->
                    new ReadyPlace(
                        dealings.computeIfAbsent(place.dealing(), ReadyDealing::new),
                        place.stretches()))
            .toArray(ReadyPlace[]::new));
  }

  private Outcome outcome(Flag flag, Variant variant, Reason reason, @Nullable Keep keep) {
    return new Outcome(flag.key(), variant.name(), variant.value(), reason, rule, key, keep);
  }

  @Override
  public @Nullable Outcome serve(Subject subject, Instant now, @Nullable Trace trace) {
    if (!passes(holdouts, subject, now, trace)) {
      return null;
    }
    if (stickiness != null) {
      Kept before = subject.kept(keptKey);
      if (before != null) {
        return again(before, stickiness, trace);
      }
    }
    return passes(gates, subject, now, trace) ? deal(subject, trace) : null;
  }

  private boolean passes(ReadyGate[] all, Subject subject, Instant now, @Nullable Trace trace) {
    for (ReadyGate gate : all) {
      if (!passes(gate, subject, now, trace)) {
        return false;
      }
    }
    return true;
  }

  /** A variant that no arm deals any more leaves the unit out, as one dealt too long ago. */
  private @Nullable Outcome again(Kept before, Stickiness sticky, @Nullable Trace trace) {
    Outcome outcome = before.version() < sticky.oldest() ? null : kept.get(before.variant());
    if (trace != null) {
      trace.step(new Step.Remembered(rule, before, outcome != null));
    }
    return outcome;
  }

  private boolean passes(ReadyGate gate, Subject subject, Instant now, @Nullable Trace trace) {
    long bucket = bucket(gate.dealing(), subject, trace);
    if (bucket == ReadyDealing.NONE) {
      return false;
    }
    boolean passed = gate.lets(bucket, now);
    if (trace != null) {
      trace.step(new Step.Gated(rule, gate.gate(), bucket, passed));
    }
    return passed;
  }

  private @Nullable Outcome deal(Subject subject, @Nullable Trace trace) {
    ReadyDealing dealt = null;
    long bucket = ReadyDealing.NONE;
    for (ReadyArm arm : arms) {
      boolean taken = true;
      for (ReadyPlace place : arm.places()) {
        if (place.dealing() != dealt) {
          dealt = place.dealing();
          bucket = bucket(dealt, subject, trace);
        }
        taken = bucket != ReadyDealing.NONE && place.contains(bucket);
        if (!taken) {
          break;
        }
      }
      if (taken) {
        return told(bucket, arm.outcome(), trace);
      }
    }
    return told(bucket, null, trace);
  }

  private @Nullable Outcome told(long bucket, @Nullable Outcome outcome, @Nullable Trace trace) {
    if (trace != null && bucket != ReadyDealing.NONE) {
      trace.step(new Step.Dealt(rule, bucket, outcome == null ? "" : outcome.variant()));
    }
    return outcome;
  }

  private long bucket(ReadyDealing dealing, Subject subject, @Nullable Trace trace) {
    long bucket = dealing.bucketOf(subject);
    if (bucket == ReadyDealing.NONE && trace != null) {
      trace.step(new Step.NoUnit(rule, dealing.unit()));
    }
    return bucket;
  }
}
