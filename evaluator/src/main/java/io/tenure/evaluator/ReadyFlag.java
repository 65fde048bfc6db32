package io.tenure.evaluator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A flag, made ready to be asked often. */
final class ReadyFlag {

  private final Flag flag;
  private final Outcome disabled;
  private final Outcome unmet;
  private final Outcome otherwise;
  private final List<ReadyForced> forced = new ArrayList<>();
  private final ReadyRule[] rules;
  private final ReadyServing fallthrough;
  private final boolean waits;

  private record ReadyForced(UnitType unit, Map<String, Outcome> outcomes) {}

  private record ReadyRule(Rule rule, @Nullable Question question, ReadyServing serving) {}

  ReadyFlag(Flag flag) {
    this.flag = flag;
    this.disabled = off(Reason.DISABLED);
    this.unmet = off(Reason.PREREQUISITE);
    this.otherwise = off(Reason.DEFAULT);
    for (Forced list : flag.forced()) {
      Map<String, Outcome> outcomes = new HashMap<>();
      list.variants().forEach((id, name) -> outcomes.put(id, always(name, Reason.FORCED)));
      forced.add(new ReadyForced(list.unit(), outcomes));
    }
    this.rules =
        flag.rules().stream()
            .map(
                rule ->
                    new ReadyRule(
                        rule,
                        rule.condition() == null ? null : Question.of(rule.condition()),
                        ReadyServing.of(flag, rule.name(), rule.serving(), Reason.TARGETING_MATCH)))
            .toArray(ReadyRule[]::new);
    this.fallthrough =
        ReadyServing.of(
            flag, "", flag.fallthrough(), rules.length == 0 ? Reason.STATIC : Reason.DEFAULT);
    this.waits = flag.waitsFor().findAny().isPresent();
  }

  private Outcome off(Reason reason) {
    return always(flag.offVariant(), reason);
  }

  private Outcome always(String variant, Reason reason) {
    return new Outcome(flag.key(), variant, flag.variant(variant).value(), reason, "", "", null);
  }

  Flag flag() {
    return flag;
  }

  /** Whether other flags have to be decided for it. */
  boolean waits() {
    return waits;
  }

  Outcome decide(Subject subject, Instant now, Others others, @Nullable Trace trace) {
    if (!flag.enabled()) {
      if (trace != null) {
        trace.step(new Step.Disabled());
      }
      return disabled;
    }
    Outcome listed = listed(subject, trace);
    if (listed != null) {
      return listed;
    }
    if (!met("", flag.prerequisites(), others, trace)) {
      return unmet;
    }
    for (ReadyRule rule : rules) {
      if (holds(rule, subject, now, others, trace)) {
        Outcome served = rule.serving().serve(subject, now, trace);
        if (served != null) {
          return served;
        }
      }
    }
    Outcome served = fallthrough.serve(subject, now, trace);
    return served == null ? otherwise : served;
  }

  private @Nullable Outcome listed(Subject subject, @Nullable Trace trace) {
    for (ReadyForced list : forced) {
      String id = subject.id(list.unit());
      Outcome outcome = id == null ? null : list.outcomes().get(id);
      if (outcome != null) {
        if (trace != null) {
          trace.step(new Step.OnList(list.unit(), outcome.variant()));
        }
        return outcome;
      }
    }
    return null;
  }

  private static boolean holds(
      ReadyRule ready, Subject subject, Instant now, Others others, @Nullable Trace trace) {
    Rule rule = ready.rule();
    if (rule.schedule() != Schedule.ALWAYS && !rule.schedule().contains(now)) {
      if (trace != null) {
        trace.step(new Step.OutOfSchedule(rule.name()));
      }
      return false;
    }
    if (!met(rule.name(), rule.prerequisites(), others, trace)) {
      return false;
    }
    Question question = ready.question();
    boolean holds = question == null || question.holds(subject);
    if (trace != null) {
      trace.step(new Step.Matched(rule.name(), holds));
    }
    return holds;
  }

  private static boolean met(
      String rule, List<Prerequisite> prerequisites, Others others, @Nullable Trace trace) {
    for (int index = 0; index < prerequisites.size(); index++) {
      Prerequisite prerequisite = prerequisites.get(index);
      String variant = others.variant(prerequisite.flag());
      boolean met = prerequisite.variants().contains(variant);
      if (trace != null) {
        trace.step(new Step.Asked(rule, prerequisite.flag(), variant, met));
      }
      if (!met) {
        return false;
      }
    }
    return true;
  }

  /** Decides other flags for the same subject. */
  @FunctionalInterface
  interface Others {
    /** The variant another flag serves. */
    String variant(String flag);
  }
}
